/** Athena's types as the texts of a column suggest them; empty texts say nothing. */
export type ScalarType = 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp' | 'string';

const MAX_BIGINT = 2n ** 63n - 1n;

export function typeOfText(text: string): ScalarType {
  if (/^[+-]?\d{1,19}$/.test(text)) {
    // Leading zeros are codes (postal, bank), not numbers.
    if (/^[+-]?0\d/.test(text)) return 'string';
    const value = BigInt(text);
    return value <= MAX_BIGINT && value >= -MAX_BIGINT - 1n ? 'bigint' : 'double';
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return 'double';
  if (/^(true|false)$/i.test(text)) return 'boolean';
  if (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return 'date';
  if (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/.test(text)) return 'timestamp';
  return 'string';
}

/** What holds all of them. */
export function widen(a: string | undefined, b: string): string {
  if (a === undefined || a === b) return b;
  if ((a === 'bigint' && b === 'double') || (a === 'double' && b === 'bigint')) return 'double';
  return 'string';
}

export function typeOfTexts(texts: string[]): string {
  let type: string | undefined;
  for (const text of texts) {
    if (text === '' || text === '\\N') continue;
    type = widen(type, typeOfText(text));
    if (type === 'string') return type;
  }
  return type ?? 'string';
}
