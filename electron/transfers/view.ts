import type { Transfer } from '../../shared/contract/transfers.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import type { Pace } from './progress.ts';
import type { TransferRecord } from './records.ts';

/** Copies are there, and no source is deleted yet. */
export const canBeTakenBack = ({ kind, phase, planned, state, rolledBack, cancelling }: TransferRecord): boolean =>
  (kind === 'copy' || kind === 'move') && planned && !phase && !rolledBack && !cancelling && state !== 'needsAnswer';

/** What the page sees of a transfer. */
export function viewOf(record: TransferRecord, pace: Pace | undefined, waitsFor: AppErrorData | undefined): Transfer {
  const { id, connectionId, fromConnectionId, kind, source, target, state, filesSkipped, conflicts, proposed, survey, phase, rolledBack, overwrittenForGood, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone, order, createdAt, endedAt, error, undoable = 0, replaced, undoLoses, undone } = record;
  const secondsLeft = state === 'running' && !waitsFor ? (pace?.secondsLeft(bytesTotal - bytesDone, filesTotal - filesDone - filesFailed) ?? null) : null;
  const canRollBack = canBeTakenBack(record) || undefined;
  const counts = { filesSkipped, conflicts, proposed, survey, phase, rolledBack, canRollBack, overwrittenForGood, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone };
  const undo = { undoable: undoable + (replaced ?? 0) || undefined, replaced, undoLoses, undone };
  return { id, connectionId, fromConnectionId, kind, source, target, state, ...counts, speed: pace?.speed ?? 0, secondsLeft, order, waitsFor, createdAt, endedAt, error, ...undo };
}
