import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { Settings, WorkspaceState } from '../../../shared/contract/workspace.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';

const DEFAULTS: Settings = { theme: 'system', language: 'system', resultsBudget: 20 * 1024 ** 3, askBeforeClosingRunning: true, notifyLongRuns: true, askAboveBytes: 100 * 1024 ** 3, conflictPolicy: 'ask', uploadHidden: true };
const EMPTY: WorkspaceState = { tabs: [], view: {} };

/** Tabs, texts and settings. Every answer to a save means: it is on the disk (FAULTS 27). */
export function workspaceHandlers({ store }: BackendContext): ServiceHandlers<typeof contract.workspace> {
  const state = store.collection<WorkspaceState>('workspace');
  const texts = store.collection<string>('texts');
  const settings = store.collection<Partial<Settings>>('settings');
  const current = async (): Promise<Settings> => ({ ...DEFAULTS, ...(await settings.get('all')) });
  // Read-change-write of one record: one after the other.
  let changing: Promise<unknown> = Promise.resolve();

  return {
    load: async () => (await state.get('window')) ?? EMPTY,
    async save({ input }) {
      await state.put('window', input);
      return OK;
    },
    loadText: async ({ input }) => ({ text: (await texts.get(input.tabId)) ?? null }),
    async saveText({ input }) {
      await texts.put(input.tabId, input.text);
      return OK;
    },
    async dropText({ input }) {
      await texts.delete(input.tabId);
      return OK;
    },
    settings: current,
    changeSettings({ input }) {
      const change = changing.then(async () => {
        const next = { ...(await current()), ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) };
        await settings.put('all', next);
        return next;
      });
      changing = change.catch(() => undefined);
      return change;
    },
  };
}
