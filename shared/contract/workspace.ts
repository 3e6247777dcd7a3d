import { z } from 'zod';
import { connectionId, done, procedure } from './common.ts';
import { conflictPolicy } from './conflicts.ts';

/** One tab of the dock, as it comes back after a restart. */
export const tab = z.object({
  id: z.string(),
  connectionId,
  kind: z.enum(['objects', 'table', 'sql', 'createTable', 'bucket', 'storage', 'preview', 'versions', 'compare', 'sync', 'chart', 'dashboard']),
  title: z.string(),
  /** Kind-specific, small: `{ bucket, prefix }`, `{ catalog, database, table }`, `{ workgroup, database, lastRunId }`. */
  params: z.record(z.string(), z.unknown()),
});
export type Tab = z.infer<typeof tab>;

export const workspaceState = z.object({
  tabs: z.array(tab),
  activeTab: z.string().optional(),
  connectionId: connectionId.optional(),
  /** dockview's own serialised layout. */
  layout: z.unknown().optional(),
  /** Side bar width, panel height, chosen rail part … */
  view: z.record(z.string(), z.unknown()),
});
export type WorkspaceState = z.infer<typeof workspaceState>;

export const settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  language: z.enum(['system', 'en', 'ko']),
  /** Bytes of results kept on disk. */
  resultsBudget: z.number().int().positive(),
  askBeforeClosingRunning: z.boolean(),
  /** The system says when a long run has ended behind other windows, where it is allowed to. */
  notifyLongRuns: z.boolean(),
  /** What uploads and downloads do where something is there already. */
  conflictPolicy,
  /** Uploads of folders take hidden files along. */
  uploadHidden: z.boolean(),
  /** Run asks first where a statement may scan more bytes; 0: never. */
  askAboveBytes: z.number().int().nonnegative(),
});
export type Settings = z.infer<typeof settings>;

export const workspace = {
  load: procedure.output(workspaceState),
  save: procedure.input(workspaceState).output(done),
  /** SQL text by tab, saved as typed. */
  loadText: procedure.input(z.object({ tabId: z.string() })).output(z.object({ text: z.string().nullable() })),
  saveText: procedure.input(z.object({ tabId: z.string(), text: z.string().max(4_000_000) })).output(done),
  dropText: procedure.input(z.object({ tabId: z.string() })).output(done),
  settings: procedure.output(settings),
  changeSettings: procedure.input(settings.partial()).output(settings),
};
