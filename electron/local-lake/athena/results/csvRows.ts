/** Cells of one record of a result CSV; null is a field with nothing in it, not even quotes. */
export type Cells = (string | null)[];

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/**
 * Takes whole records off the front of a buffer of a result CSV (every value quoted, `\n` ends a record, quotes doubled).
 * Answers at most `most` records and how many bytes they took; an unfinished last one is left unless `atEnd`.
 */
export function takeRecords(bytes: Buffer, most: number, atEnd: boolean): { records: Cells[]; taken: number } {
  const records: Cells[] = [];
  let taken = 0;
  let cells: Cells = [];
  let fieldStart = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length && records.length < most; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && (byte === COMMA || byte === NEWLINE)) {
      cells.push(cell(bytes, fieldStart, at));
      fieldStart = at + 1;
      if (byte === COMMA) continue;
      records.push(cells);
      cells = [];
      taken = at + 1;
    }
  }
  if (atEnd && records.length < most && taken < bytes.length) {
    records.push([...cells, cell(bytes, fieldStart, bytes.length)]);
    taken = bytes.length;
  }
  return { records, taken };
}

function cell(bytes: Buffer, start: number, end: number): string | null {
  if (start === end) return null;
  if (bytes[start] !== QUOTE) return bytes.toString('utf8', start, end);
  return bytes.toString('utf8', start + 1, end - 1).replaceAll('""', '"');
}
