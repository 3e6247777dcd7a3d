/** The encodings a text can be read in, as the WHATWG names them. https://encoding.spec.whatwg.org/#names-and-labels */
export const textEncodings = [
  'utf-8', 'utf-16le', 'utf-16be', 'iso-8859-1', 'windows-1252', 'iso-8859-2', 'windows-1250', 'windows-1251', 'koi8-r', 'iso-8859-5',
  'windows-1253', 'iso-8859-7', 'windows-1254', 'windows-1255', 'windows-1256', 'euc-kr', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'gb18030', 'big5',
] as const; // prettier-ignore
export type TextEncoding = (typeof textEncodings)[number];

/** How people, and `serialization.encoding` of a table, write an encoding. */
export const encodingName = (encoding: TextEncoding): string =>
  ({ shift_jis: 'Shift_JIS', 'utf-16le': 'UTF-16LE', 'utf-16be': 'UTF-16BE', big5: 'Big5' } as Partial<Record<TextEncoding, string>>)[encoding] ?? encoding.toUpperCase();
