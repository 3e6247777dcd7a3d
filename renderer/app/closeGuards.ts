/** Asked before a tab closes; false keeps it open. */
export type CloseGuard = () => Promise<boolean>;

const guards = new Map<string, CloseGuard>();

/** Registers what a tab asks before it closes; answers what takes it away again. */
export function guardTab(tabId: string, guard: CloseGuard): () => void {
  guards.set(tabId, guard);
  return () => {
    if (guards.get(tabId) === guard) guards.delete(tabId);
  };
}

/** Whether any tab would ask before it closes. */
export const isAnyGuarded = (): boolean => guards.size > 0;

export const closeGuard = (tabId: string): CloseGuard | undefined => guards.get(tabId);
