import type { AsyncBuffer } from 'hyparquet';
import { decodeText } from './decodeText.ts';
import { readDelimited, sniffDelimiter } from './delimited.ts';
import { detect } from './detect.ts';
import { inflateHead } from './inflate.ts';
import { readJson } from './json.ts';
import { readParquet } from './parquet.ts';
import type { FileHead, Parsed } from './protocol.ts';

/** Text unfolded from a gzip head, at most. */
const MOST_INFLATED = 4 * 1024 * 1024;
/** Characters of plain text that are shown. */
const MOST_TEXT = 256 * 1024;

/** What the beginning of an object shows. `file` gives more of its bytes where the format needs them (Parquet). */
export async function parse({ name, size, head, rows }: FileHead, file: AsyncBuffer): Promise<Parsed> {
  const found = detect(head);
  if (found.kind === 'parquet') return readParquet(file, rows);
  if (found.kind === 'image') return found;
  if (found.kind === 'binary') return { kind: 'hex', reason: found.what && `${found.what}: there is no preview of it yet.` };
  const complete = head.length >= size;
  if (found.kind === 'text') return parseText(head, name, complete, rows);

  const inner = await inflateHead(head, MOST_INFLATED);
  const innerKind = detect(inner.bytes).kind;
  if (innerKind !== 'text') return { kind: 'hex', reason: 'A gzip file whose content is not text.' };
  const parsed = parseText(inner.bytes, name.replace(/\.gz(ip)?$/i, ''), complete && inner.complete, rows);
  return parsed.kind === 'table' ? { ...parsed, compression: 'gzip' } : parsed;
}

const EXTENSIONS: Record<string, 'csv' | 'tsv' | 'json' | 'text'> = {
  csv: 'csv', tsv: 'tsv', tab: 'tsv', json: 'json', jsonl: 'json', ndjson: 'json', geojson: 'json',
  txt: 'text', md: 'text', log: 'text', sql: 'text', xml: 'text', svg: 'text', html: 'text', htm: 'text', yaml: 'text', yml: 'text', css: 'text', js: 'text', ts: 'text', py: 'text',
}; // prettier-ignore

function parseText(bytes: Uint8Array, name: string, complete: boolean, rows: number): Parsed {
  const { text: raw, encoding } = decodeText(bytes, complete);
  const text = raw.startsWith('\ufeff') ? raw.slice(1) : raw;
  const hint = EXTENSIONS[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
  const asText: Parsed = { kind: 'text', text: text.slice(0, MOST_TEXT), encoding, truncated: !complete || text.length > MOST_TEXT };
  if (hint === 'text' || text.trim() === '') return asText;
  if (hint === 'json' || (!hint && /^\s*[[{]/.test(text))) {
    try {
      const table = readJson(text, { complete, rows });
      if (table) return { ...table, encoding };
    } catch (error) {
      // A broken file that says it is JSON is shown as the text it is; others may be something else.
      if (hint === 'json') return asText;
      void error;
    }
    return hint === 'json' ? asText : delimitedOr(asText);
  }
  if (hint === 'csv' || hint === 'tsv') return { ...readDelimited(text, { delimiter: hint === 'tsv' ? '\t' : undefined, complete, rows }), encoding };
  return delimitedOr(asText);

  function delimitedOr(otherwise: Parsed): Parsed {
    const delimiter = sniffDelimiter(text, complete);
    return delimiter === undefined ? otherwise : { ...readDelimited(text, { delimiter, complete, rows }), encoding };
  }
}
