import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import log from 'electron-log/node';
import { isOwnUrl } from './origin.ts';

/** True only for the top frame of our own page; anything else is refused and logged (FAULTS 26). */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent, channel: string): boolean {
  const frame = event.senderFrame;
  const trusted = frame !== null && frame.parent === null && isOwnUrl(frame.url);
  if (!trusted) log.warn(`Refused ${channel} from ${frame?.url ?? 'a frame that is gone'}`);
  return trusted;
}
