import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { done, pathGrant, procedure } from './common.ts';

export const granted = z.object({ grant: pathGrant, displayPath: z.string(), isFolder: z.boolean() });
export type Granted = z.infer<typeof granted>;

const folderEntry = z.object({ name: z.string(), isFolder: z.boolean(), size: z.number(), modified: z.string() });

export const app = {
  info: procedure.output(
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      platform: z.string(),
      locale: z.string(),
      dataDir: z.string(),
      /** `ready`, or why the embedded lake is not (yet) there. */
      localLake: z.object({ state: z.enum(['starting', 'filling', 'ready', 'failed']), message: z.string().optional() }),
    }),
  ),
  /** The embedded lake's state until it is ready or failed. */
  watchLocalLake: procedure.output(eventIterator(z.object({ state: z.enum(['starting', 'filling', 'ready', 'failed']), message: z.string().optional() }))),
  /** Electron: the native dialog. Browser host: NotImplemented, the page shows its own chooser (below). null: cancelled. */
  choose: procedure
    .input(z.object({ what: z.enum(['openFiles', 'openFolder', 'saveFile']), suggestedName: z.string().max(200).optional() }))
    .output(z.array(granted).nullable()),
  /** Browser host's chooser, over the backend machine's disk. In Electron: NotImplemented. */
  listFolder: procedure
    .input(z.object({ path: z.string().max(4096).optional() }))
    .output(z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(folderEntry), truncated: z.boolean() })),
  /** Makes a folder and what leads to it; one that is there is no error. Browser host only, as above. */
  makeFolder: procedure.input(z.object({ path: z.string().min(1).max(4096) })).output(done),
  grantPath: procedure.input(z.object({ path: z.string().min(1).max(4096), for: z.enum(['read', 'save', 'folder']) })).output(granted),
  /** Only in Electron: shows a finished download or export in the file manager. */
  reveal: procedure.input(z.object({ path: z.string().min(1).max(4096) })).output(done),
};
