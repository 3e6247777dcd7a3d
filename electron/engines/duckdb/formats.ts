import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FileFormat } from './process/protocol.ts';

const FORMATS: Record<string, FileFormat> = { csv: 'csv', tsv: 'csv', txt: 'csv', json: 'json', jsonl: 'json', ndjson: 'json', parquet: 'parquet', pq: 'parquet' };

/** Entries of a folder that are looked at to learn what it holds. */
const MOST_SEEN = 2000;

/** `csv`, `csv.gz`: the end of a name that says its format. */
function endingOf(name: string): { ending: string; format: FileFormat } | undefined {
  const [, ending = '', kind = ''] = /\.(([a-z0-9]+)(?:\.(?:gz|zst))?)$/i.exec(name) ?? [];
  const format = FORMATS[kind.toLowerCase()];
  return format && { ending, format };
}

export const formatOfFile = (file: string): FileFormat | undefined => endingOf(path.basename(file))?.format;

/** What most files of a folder are, and the glob that finds them; undefined where DuckDB could read none. */
export async function formatOfFolder(folder: string): Promise<{ format: FileFormat; glob: string } | undefined> {
  const counts = new Map<string, number>();
  const queue = [folder];
  let seen = 0;
  for (let at = queue.shift(); at !== undefined && seen < MOST_SEEN; at = queue.shift()) {
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
      seen++;
      if (entry.isDirectory()) queue.push(path.join(at, entry.name));
      const found = entry.isFile() ? endingOf(entry.name) : undefined;
      if (found) counts.set(found.ending, (counts.get(found.ending) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) return undefined;
  const escaped = folder.replace(/[*?[]/g, (sign) => `[${sign}]`);
  return { format: endingOf(`x.${most[0]}`)!.format, glob: path.join(escaped, '**', `*.${most[0]}`) };
}

/** A name in SQL that needs no quotes, after a file's own, unlike those that are taken. */
export function nameFor(file: string, taken: ReadonlySet<string>): string {
  const own = path.basename(file).replace(/\.[a-z0-9]+(\.(gz|zst))?$/i, '').toLowerCase().replace(/[^a-z0-9_]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 50);
  const plain = own === '' ? 'file' : /^\d/.test(own) ? `_${own}` : own;
  for (let number = 1; ; number++) {
    const name = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.has(name)) return name;
  }
}
