import type { HistoryQuery } from '../../shared/contract/transfers.ts';
import { namesIt } from './fileView.ts';
import type { Journal } from './journal.ts';
import { ENDED, type TransferRecord } from './records.ts';

/** Files looked at for one page, at most: a text is looked for in keys too. */
const LOOKED_AT = 20_000;
/** What the history holds, at most: transfers, their files, and days. */
const TRANSFERS = 2_000;
const FILES = 1_000_000;
const DAYS = 180;

const newestFirst = (a: TransferRecord, b: TransferRecord) => (position(a) < position(b) ? 1 : -1);
const position = ({ createdAt, id }: TransferRecord) => `${createdAt} ${id}`;

/** A page of the ended transfers that match, newest first. */
export async function searchHistory(
  journal: Journal,
  records: Iterable<TransferRecord>,
  { text, kinds, states, from, to, after, max }: HistoryQuery,
): Promise<{ found: TransferRecord[]; next: string | null }> {
  const [begin, file] = parse(after);
  const wanted = text?.toLowerCase();
  const candidates = [...records]
    .filter((r) => ENDED.includes(r.state) && (!kinds || kinds.includes(r.kind)) && (!states || states.includes(r.state)))
    .filter((r) => (!from || r.createdAt >= from) && (!to || r.createdAt <= to))
    .filter((r) => begin === undefined || position(r) < begin || (position(r) === begin && file !== undefined))
    .sort(newestFirst);
  const found: TransferRecord[] = [];
  let left = LOOKED_AT;
  for (const record of candidates) {
    let matches = !wanted || [record.source, record.target].some((name) => name.toLowerCase().includes(wanted));
    if (!matches && wanted) {
      const from = begin === position(record) ? file : undefined;
      for await (const { index, file } of journal.files(record.id, from)) {
        matches = namesIt(file, wanted);
        if (matches) break;
        if (--left === 0) return { found, next: `${position(record)} ${index}` };
      }
    }
    if (matches) found.push(record);
    if (found.length >= max) return { found, next: position(record) };
  }
  return { found, next: null };
}

/** `CREATED ID` of the last transfer seen, and the last of its files where it was not looked through to the end. */
function parse(after: string | undefined): [string | undefined, number | undefined] {
  if (after === undefined) return [undefined, undefined];
  const [createdAt, id, file] = after.split(' ');
  return [`${createdAt} ${id}`, file === undefined ? undefined : Number(file)];
}

/** Those of the history (off the list) that are too many or too old. */
export function beyondBounds(records: Iterable<TransferRecord>, now = Date.now()): TransferRecord[] {
  const oldest = new Date(now - DAYS * 86_400_000).toISOString();
  let files = 0;
  return [...records]
    .filter((record) => record.cleared && ENDED.includes(record.state))
    .sort(newestFirst)
    .filter((record, at) => {
      files += record.filesTotal;
      return at >= TRANSFERS || record.createdAt < oldest || (files > FILES && at > 0);
    });
}
