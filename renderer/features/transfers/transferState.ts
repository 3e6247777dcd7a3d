import type { Transfer } from '../../../shared/contract/transfers.ts';

export const hasEnded = ({ state }: Transfer): boolean => state === 'done' || state === 'failed' || state === 'cancelled';
/** It waits for the user: to start it, or to say what to do about what is there. */
export const asksSomething = (transfer: Transfer): boolean => transfer.state === 'needsAnswer' || (transfer.proposed === true && !hasEnded(transfer) && transfer.state !== 'needsFile' && transfer.state !== 'paused');
export const kindOf = ({ kind }: Transfer): 'download' | 'upload' => (kind === 'download' ? 'download' : 'upload');
/** What it is about, in a line. */
export const nameOf = ({ kind, source, target }: Transfer): string => (onlyDeletes({ kind }) || kind === 'undo' ? source : `${source} → ${target}`);
/** It only deletes: no bytes move, objects are counted. */
export const onlyDeletes = ({ kind }: Pick<Transfer, 'kind'>): boolean => kind === 'delete' || kind === 'empty';
export const canPause = ({ state, kind }: Transfer): boolean => (state === 'running' || state === 'queued' || state === 'scanning') && kind !== 'delete';

/** Part done, 0 to 1: by bytes, or by files where there are no bytes to move. null while nothing is known. */
export function progressOf({ kind, state, bytesTotal, bytesDone, filesTotal, filesDone }: Transfer): number | null {
  if (state === 'done') return 1;
  if (state === 'scanning' && filesDone === 0) return null;
  if (!onlyDeletes({ kind }) && bytesTotal > 0) return Math.min(1, bytesDone / bytesTotal);
  return filesTotal > 0 ? Math.min(1, filesDone / filesTotal) : null;
}

/** Time left at the speed of now, of all that run; null where it cannot be told. */
export function remaining(transfers: readonly Transfer[]): { unit: 'seconds' | 'minutes' | 'hours'; count: number } | null {
  const running = transfers.filter((transfer) => transfer.state === 'running' && !onlyDeletes(transfer));
  const speed = running.reduce((sum, transfer) => sum + transfer.speed, 0);
  if (speed <= 0) return null;
  const seconds = running.reduce((sum, { bytesTotal, bytesDone }) => sum + bytesTotal - bytesDone, 0) / speed;
  return inWords(seconds);
}

/** Seconds in the unit people would use. */
export function inWords(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; count: number } {
  if (seconds < 60) return { unit: 'seconds', count: Math.max(1, Math.ceil(seconds)) };
  return seconds < 3600 ? { unit: 'minutes', count: Math.ceil(seconds / 60) } : { unit: 'hours', count: Math.ceil(seconds / 3600) };
}
