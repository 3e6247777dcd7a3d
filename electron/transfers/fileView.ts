import type { TransferFile } from '../../shared/contract/transfers.ts';
import type { Journal } from './journal.ts';
import type { FileRecord } from './records.ts';

export interface FileQuery {
  id: string;
  states?: TransferFile['state'][] | undefined;
  text?: string | undefined;
  after?: number | undefined;
  max: number;
}

/** Records looked at for one page, at most, so that a filter that finds little holds nobody up. */
const LOOKED_AT = 10_000;

/** A page of a transfer's files. `active`: bytes moved of those worked on right now, by index. */
export async function filesOf(journal: Journal, { id, states, text, after, max }: FileQuery, active: ReadonlyMap<number, number>): Promise<{ files: TransferFile[]; next: number | null }> {
  const wanted = text?.toLowerCase();
  const files: TransferFile[] = [];
  let looked = 0;
  for await (const { index, file } of journal.files(id, after)) {
    looked += 1;
    const shown = show(index, file, active.get(index));
    if ((!states || states.includes(shown.state)) && (!wanted || namesIt(file, wanted))) files.push(shown);
    if (files.length >= max || looked >= LOOKED_AT) return { files, next: index };
  }
  return { files, next: null };
}

/** Whether the key or the local name holds `text` (in lower case). */
export const namesIt = ({ key, path, relativePath }: FileRecord, text: string): boolean => [key, path, relativePath].some((name) => name?.toLowerCase().includes(text));

function show(index: number, file: FileRecord, moved: number | undefined): TransferFile {
  const state = file.state === 'pending' && moved !== undefined ? 'active' : file.state;
  const bytesDone = state === 'done' ? file.size : Math.max(0, moved ?? 0);
  return { index, key: file.key, path: file.path ?? file.relativePath, state, size: file.size, bytesDone, error: file.error };
}
