/** RFC 4180, told apart as Secchi writes it: nothing is NULL, "" is the empty string. Independent of the code under test. */
export function parseCsv(text: string, { delimiter = ',', newline = '\r\n' } = {}): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let value: string | null;
    if (text[at] === '"') {
      let end = at + 1;
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1;
      value = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== delimiter && !text.startsWith(newline, end)) end++;
      value = end === at ? null : text.slice(at, end);
      at = end;
    }
    row.push(value);
    if (text[at] === delimiter) {
      at++;
      if (at < text.length && !text.startsWith(newline, at)) continue;
      row.push(null);
    }
    if (at < text.length && !text.startsWith(newline, at)) throw new Error(`Neither ${JSON.stringify(delimiter)} nor a line's end at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    at += newline.length;
    rows.push(row);
    row = [];
  }
  return rows;
}
