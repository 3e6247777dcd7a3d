/**
 * User metadata beyond ASCII travels as RFC 2047 encoded words: S3 decodes them to store and encodes them to answer; other
 * stores keep them as they are. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
const WORD = /=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi;
/** RFC 2047: a word has 75 characters at most; `=?UTF-8?B?` and `?=` take 12, base64 of 45 bytes takes 60. */
const WORD_BYTES = 45;

 
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** A header's value as people read it. What is not understood stays as it is. */
export function decodeWords(value: string): string {
  const text = isAscii(value) ? value : fromUtf8Bytes(value);
  // Whitespace between two words is only how they were folded.
  const joined = text.replace(/(\?=)\s+(?==\?[\w-]+\?[bq]\?)/gi, '$1');
  const parts: { bytes: Buffer; charset: string; at: number; end: number }[] = [];
  for (const match of joined.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', content = ''] = match;
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedBytes(content);
    const last = parts.at(-1);
    // A character may be cut between words: the bytes of neighbours belong together.
    if (last?.end === match.index && last.charset === charset.toLowerCase()) {
      last.bytes = Buffer.concat([last.bytes, bytes]);
      last.end += whole.length;
    } else parts.push({ bytes, charset: charset.toLowerCase(), at: match.index, end: match.index + whole.length });
  }
  let decoded = '';
  let from = 0;
  for (const { bytes, charset, at, end } of parts) {
    decoded += joined.slice(from, at) + (decodeBytes(bytes, charset) ?? joined.slice(at, end));
    from = end;
  }
  return decoded + joined.slice(from);
}

/** As an HTTP header can carry it. ASCII stays as it is, unless it would be read as an encoded word. */
export function encodeWords(text: string): string {
  if (isAscii(text) && decodeWords(text) === text) return text;
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > WORD_BYTES) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

const quotedBytes = (content: string): Buffer =>
  Buffer.from(content.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');

function decodeBytes(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Node reads headers as Latin-1; stores that send raw UTF-8 mean these bytes. */
const fromUtf8Bytes = (value: string): string => decodeBytes(Buffer.from(value, 'latin1'), 'utf-8') ?? value;
