import path from 'node:path';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { listFolder, makeFolder } from './folders.ts';

const PURPOSE = { openFiles: 'read', openFolder: 'folder', saveFile: 'save' } as const;

/** The app itself, and paths of this machine: native dialogs in Electron, a chooser of our own in the browser host. */
export function appHandlers({ host, grants, localLake, version, dataDir }: BackendContext): ServiceHandlers<typeof contract.app> {
  const onlyIn = (kind: 'electron' | 'browser', what: string) => {
    if (host.kind !== kind) throw new AppError('NotImplemented', `${what} is not there in ${host.kind === 'electron' ? 'the desktop app' : 'the browser host'}.`);
  };

  return {
    info: async () => ({
      version,
      host: host.kind,
      platform: process.platform,
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
      dataDir,
      localLake: localLake.current(),
    }),

    watchLocalLake: async ({ signal }) =>
      eventStream(localLake, { signal, isLast: ({ state }) => state === 'ready' || state === 'failed' }),

    async choose({ input }) {
      if (!host.choose) throw new AppError('NotImplemented', 'Native dialogs are not there in the browser host.');
      const paths = await host.choose(input.what, input.suggestedName && path.basename(input.suggestedName));
      return paths && Promise.all(paths.map((chosen) => grants.grant(chosen, PURPOSE[input.what])));
    },

    async listFolder({ input }) {
      onlyIn('browser', 'Listing folders of this computer');
      return listFolder(input.path);
    },

    async makeFolder({ input }) {
      onlyIn('browser', 'Making a folder of this computer');
      await makeFolder(input.path);
      return OK;
    },

    async grantPath({ input }) {
      onlyIn('browser', 'Choosing a path by typing it');
      return grants.grant(input.path, input.for);
    },

    async reveal({ input }) {
      if (!host.reveal) throw new AppError('NotImplemented', 'Showing a file in the file manager is not there in the browser host.');
      await host.reveal(input.path);
      return OK;
    },
  };
}
