import { AppError } from '../../shared/errors.ts';
import { ENDED, type TransferRecord } from './records.ts';

/** The order transfers start in. */
export const byOrder = (a: TransferRecord, b: TransferRecord): number => (a.order ?? 0) - (b.order ?? 0) || (a.createdAt < b.createdAt ? -1 : 1);

/** Puts one that waits before another, or (undefined) behind all. Those whose order changed. Conflict where one has ended. */
export function putBefore(records: Iterable<TransferRecord>, record: TransferRecord, other: TransferRecord | undefined): TransferRecord[] {
  for (const each of [record, other]) {
    if (each && ENDED.includes(each.state)) throw new AppError('Conflict', `The transfer of ${each.source} has ended.`, { detail: 'Only transfers that wait have an order.', resource: each.id });
  }
  if (record === other) return [];
  const waiting = [...records].filter((r) => !ENDED.includes(r.state) && r !== record).sort(byOrder);
  waiting.splice(other ? waiting.indexOf(other) : waiting.length, 0, record);
  const orders = waiting.map((r) => r.order).sort((a, b) => a - b);
  const moved = waiting.filter((each, at) => each.order !== orders[at]);
  waiting.forEach((each, at) => (each.order = orders[at]!));
  return moved;
}
