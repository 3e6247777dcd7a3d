import type { TextEncoding } from '../../../../shared/textEncodings.ts';
import { entrySource, listEntries, unfoldSource } from './archive.ts';
import { readAvro } from './avro.ts';
import { boundedCells } from './cells.ts';
import { decodeText } from './decodeText.ts';
import { readDelimited, sniffDelimiter } from './delimited.ts';
import { detect } from './detect.ts';
import { imageSize } from './images.ts';
import { readJson } from './json.ts';
import { asyncBuffer, readParquet } from './parquet.ts';
import type { Parsed, ParseOptions } from './protocol.ts';
import { readable, type Source } from './source.ts';
import type { Compression } from './unfold.ts';

/** Text unfolded from a compressed head, at most. */
const MOST_INFLATED = 4 * 1024 * 1024;
/** Compressed bytes that are read: bzip2 unfolds by blocks of up to 900 kB. */
const COMPRESSED_HEAD = { gzip: 256 * 1024, zstd: 256 * 1024, bzip2: 1024 * 1024 };
/** Characters of plain text that are shown, and of one line of it. */
const MOST_TEXT = 256 * 1024;
const LONGEST_LINE = 10_000;
const LARGEST_IMAGE = 8 * 1024 * 1024;
/** Pixels the page would hold unfolded, four bytes each. */
const MOST_PIXELS = 64_000_000;
const HEX_BYTES = 4096;
/** A compressed file in a compressed file … is made to harm. */
const DEEPEST = 3;

/** What an object, or an entry of the archive it is, shows. More than its beginning is read only where the format needs that. */
export async function parse(source: Source, options: ParseOptions): Promise<Parsed> {
  const parsed = await parseSource(options.entry ? await entrySource(source, options.entry) : source, options, 0);
  return parsed.kind === 'table' ? { ...parsed, ...boundedCells(parsed.cells) } : parsed;
}

async function parseSource(source: Source, options: ParseOptions, depth: number): Promise<Parsed> {
  const { head } = source;
  if (head.length === 0 && source.complete) return { kind: 'empty' };
  const hex = (reason?: string): Parsed => ({ kind: 'hex', bytes: head.subarray(0, HEX_BYTES), reason });
  const found = detect(head);
  switch (found.kind) {
    case 'parquet':
      return readable(source) ? readParquet(asyncBuffer(source), options.rows) : hex('Parquet: its footer is at its end, which is not read here.');
    case 'avro':
      return readAvro(source, options.rows);
    case 'zip':
    case 'tar':
      if (depth > 0 || options.entry) return hex(found.kind === 'zip' ? 'An archive inside another: download it to open it.' : 'A tar file inside another archive: download it to open it.');
      return { kind: 'archive', format: found.kind, ...(await listEntries(source, { from: 0 })) };
    case 'pdf':
      return depth === 0 && !options.entry ? { kind: 'pdf' } : hex('PDF: download it to read it.');
    case 'image':
      return image(source, found.mediaType);
    case 'binary':
      return hex(found.what && reasonFor(found.what));
    case 'compressed':
      return depth < DEEPEST ? compressed(source, found.codec, options, depth) : hex('Compressed several times over.');
    case 'text':
      if (isSvg(source)) return image(source, 'image/svg+xml');
      return parseText(source, options);
  }
}

const reasonFor = (what: string): string =>
  what === 'Apache ORC' ? 'Apache ORC, as bytes: there is no sound reader of it here, so its schema is not known. Query it with Athena.' : `${what}: there is no preview of it.`;

async function compressed(source: Source, codec: Compression, options: ParseOptions, depth: number): Promise<Parsed> {
  const inner = await unfoldSource(source, MOST_INFLATED, COMPRESSED_HEAD[codec]);
  if (depth === 0 && !options.entry && detect(inner.head).kind === 'tar') return { kind: 'archive', format: 'tar', compression: codec, ...(await listEntries(source, { from: 0 })) };
  const parsed = await parseSource(inner, options, depth + 1);
  const damaged = !inner.complete && source.complete && inner.head.length < MOST_INFLATED;
  const facts = damaged ? [{ label: 'Cut short', value: 'The compressed data ends early or is damaged; what could be unfolded is shown.' }] : [];
  if (parsed.kind === 'table') return { ...parsed, compression: parsed.compression ? `${parsed.compression} in ${codec}` : codec, facts: [...parsed.facts, ...facts] };
  if (parsed.kind === 'hex') return { ...parsed, reason: parsed.reason ?? `A ${codec} file whose content is not known.` };
  return parsed.kind === 'text' ? { ...parsed, compression: codec } : parsed;
}

async function image(source: Source, mediaType: string): Promise<Parsed> {
  const size = imageSize(mediaType, source.head);
  const no = (reason: string): Parsed => ({ kind: 'hex', bytes: source.head.subarray(0, HEX_BYTES), reason });
  if (size && size.width * size.height > MOST_PIXELS) return no(`The image has ${size.width} × ${size.height} pixels; a preview shows up to ${MOST_PIXELS / 1e6} million.`);
  if (!source.complete && !readable(source)) return no('The image is cut: only the beginning of it can be had.');
  if ((source.size ?? 0) > LARGEST_IMAGE) return no(`The image is larger than ${LARGEST_IMAGE / 1024 / 1024} MiB.`);
  return { kind: 'image', mediaType, ...size, bytes: source.complete ? source.head : await source.read!(0, source.size!) };
}

const isSvg = ({ name, head }: Source): boolean => /\.svg$/i.test(name) && /<svg[\s>]/i.test(Buffer.from(head.subarray(0, 4096)).toString('latin1'));

const EXTENSIONS: Record<string, 'csv' | 'tsv' | 'json' | 'text'> = {
  csv: 'csv', tsv: 'tsv', tab: 'tsv', json: 'json', jsonl: 'json', ndjson: 'json', geojson: 'json',
  txt: 'text', md: 'text', markdown: 'text', log: 'text', sql: 'text', xml: 'text', html: 'text', htm: 'text', yaml: 'text', yml: 'text', css: 'text', js: 'text', ts: 'text', py: 'text',
}; // prettier-ignore

function parseText({ head, name, complete }: Source, { rows, encoding: wanted }: { rows: number; encoding?: TextEncoding | undefined }): Parsed {
  const { text: raw, encoding } = decodeText(head, complete, wanted);
  const text = raw.startsWith('\ufeff') ? raw.slice(1) : raw;
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const hint = EXTENSIONS[extension];
  const asText: Parsed = { kind: 'text', text: boundedLines(text.slice(0, MOST_TEXT)), encoding, truncated: !complete || text.length > MOST_TEXT, markdown: extension === 'md' || extension === 'markdown' };
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

/** A line of megabytes would hold the page up. */
const boundedLines = (text: string): string =>
  text.length <= LONGEST_LINE ? text : text.replace(/[^\n]{10001,}/g, (line) => `${line.slice(0, LONGEST_LINE)}… (${line.length - LONGEST_LINE} more characters)`);
