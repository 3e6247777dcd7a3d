/** Who shows the catalog hears when a statement of ours has changed it. */
type Listener = (connectionId: string) => void;

const listeners = new Set<Listener>();

export const catalogChanged = (connectionId: string): void => listeners.forEach((listener) => listener(connectionId));

export function onCatalogChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
