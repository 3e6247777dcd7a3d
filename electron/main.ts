import { app } from 'electron';
import { createBackend } from './backend.ts';
import { startLocalLake } from './local-lake/start.ts';
import { logUnexpected } from './log.ts';
import { electronStartChild } from './shell/children.ts';
import { offerContract } from './shell/contractPort.ts';
import { chooseNatively, reveal } from './shell/dialogs.ts';
import { grantDroppedFiles } from './shell/droppedFiles.ts';
import { openKeychain } from './shell/keychain.ts';
import { closeBeforeQuit, isOnlyInstance, reportFailedStart } from './shell/lifecycle.ts';
import { installMenu } from './shell/menu.ts';
import { registerPageScheme, servePage } from './shell/pageProtocol.ts';
import { appPaths } from './shell/paths.ts';
import { lockDownPages } from './shell/permissions.ts';
import { openWindow } from './shell/window.ts';

async function start(): Promise<void> {
  const { outDir, pageDir, dataDir } = appPaths(process.argv);
  app.enableSandbox();
  registerPageScheme();
  await app.whenReady();

  lockDownPages();
  servePage(pageDir);
  installMenu();

  const startChild = electronStartChild(outDir);
  const localLake = startLocalLake({ dataDir, startChild });
  const backend = await createBackend({
    dataDir,
    version: app.getVersion(),
    startChild,
    localLake,
    host: { kind: 'electron', choose: chooseNatively, reveal, keychain: openKeychain() },
  });
  closeBeforeQuit(async () => {
    await backend.close();
    await localLake.close();
  });

  offerContract(backend.router);
  grantDroppedFiles(backend.context.grants);
  openWindow({ outDir, dataDir });
}

logUnexpected(app.exit);
if (isOnlyInstance()) start().catch(reportFailedStart);
