/** A name Glue and Athena take anywhere: lower case letters, digits and `_`, at most 255. */
export function tableName(text: string): string {
  const name = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 255);
  return name === '' ? 'new_table' : /^\d/.test(name) ? `t_${name}` : name;
}

/** Column names made safe and distinct, in order. */
export function columnNames(originals: string[]): string[] {
  const used = new Set<string>();
  return originals.map((original, at) => {
    const base =
      original
        .normalize('NFC')
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_]+/gu, '_')
        .replace(/^_+(?=.)|_+$/g, '')
        .slice(0, 250) || `col${at + 1}`;
    let name = base;
    for (let n = 2; used.has(name); n += 1) name = `${base}_${n}`;
    used.add(name);
    return name;
  });
}
