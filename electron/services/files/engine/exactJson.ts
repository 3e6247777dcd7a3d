const MARK = '\u0000integer:';

/** JSON.parse that keeps integers too long for a double exact, as BigInt. */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (match) => (match.startsWith('"') ? match : `"\\u0000integer:${match}"`));
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
    const exact = BigInt(value.slice(MARK.length));
    return exact <= Number.MAX_SAFE_INTEGER && exact >= Number.MIN_SAFE_INTEGER ? Number(exact) : exact;
  });
}

/** JSON.stringify that writes BigInt as the integer it is. */
export function stringifyExact(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? MARK + inner.toString() : inner)) ?? 'null';
  return text.includes('\\u0000integer:') ? text.replace(/"\\u0000integer:(-?\d+)"/g, '$1') : text;
}
