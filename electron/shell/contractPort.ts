import { ipcMain, MessageChannelMain } from 'electron';
import type { Router } from '../router.ts';
import { serveContractOverPort } from '../transport/port.ts';
import { isTrustedSender } from './senders.ts';

/** Gives each loaded page of ours one end of a fresh channel; the contract is served on the other. */
export function offerContract(router: Router): void {
  ipcMain.on('secchi:connect', (event) => {
    if (!isTrustedSender(event, 'secchi:connect')) return;
    const { port1, port2 } = new MessageChannelMain();
    serveContractOverPort(router, port1);
    port1.start();
    event.sender.postMessage('secchi:port', null, [port2]);
  });
}
