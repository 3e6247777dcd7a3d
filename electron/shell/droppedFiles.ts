import { ipcMain } from 'electron';
import { z } from 'zod';
import type { Grants } from '../context.ts';
import { isTrustedSender } from './senders.ts';

const paths = z.array(z.string().min(1).max(4096)).max(10_000);

/** Turns the paths of dropped files, which only the preload could read, into grants the page may name. */
export function grantDroppedFiles(grants: Grants): void {
  ipcMain.handle('secchi:grant-dropped', async (event, raw: unknown) => {
    if (!isTrustedSender(event, 'secchi:grant-dropped')) throw new Error('Refused: not the app window.');
    const granted = await Promise.all(paths.parse(raw).map((path) => grants.grant(path, 'read')));
    return granted.map(({ grant }) => grant);
  });
}
