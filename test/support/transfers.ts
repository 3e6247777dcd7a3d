import type { Transfer } from '../../shared/contract/transfers.ts';
import type { transfersHandlers } from '../../electron/services/transfers/index.ts';
import type { Tuning } from '../../electron/transfers/tuning.ts';

type Handlers = ReturnType<typeof transfersHandlers>['handlers'];

/** Short waits, so that a test of a stall or a retry takes no longer than it must. */
export const quick: Partial<Tuning> = { firstWait: 20, longestWait: 200, stall: 1000, patientStall: 5000, signInPoll: 200 };

/** The transfer once `reached` says so. Fails with its last state after `within` ms. */
export async function untilTransfer(handlers: Handlers, id: string, reached: (transfer: Transfer) => boolean, within = 30_000): Promise<Transfer> {
  const deadline = Date.now() + within;
  for (;;) {
    const found = (await handlers.list({ input: undefined })).find((transfer) => transfer.id === id);
    if (found && reached(found)) return found;
    if (Date.now() > deadline) throw new Error(`Transfer ${id} did not get there: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const ended = (transfer: Transfer): boolean => ['done', 'failed', 'cancelled'].includes(transfer.state);
