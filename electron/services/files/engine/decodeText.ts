import { analyse } from 'chardet';
import { encodingName, textEncodings, type TextEncoding } from '../../../../shared/textEncodings.ts';
import { utf16Of } from './detect.ts';

/** What is looked at to guess an encoding. */
const SAMPLE = 64 * 1024;

/** The same encodings under the names chardet gives them. */
const CHARDET: Record<string, TextEncoding> = { 'iso-8859-1': 'windows-1252', gb18030: 'gb18030', 'iso-8859-9': 'windows-1254', 'iso-8859-8': 'windows-1255', 'iso-8859-6': 'windows-1256' };
/** Below this, western letters are the better guess: chardet needs some text to be sure. */
const SURE = 30;

/**
 * Text of bytes whose encoding nobody states: by byte order mark, by being valid UTF-8, by its letters; else Latin-1,
 * where every byte is a character, so nothing is lost from sight. `encoding` is taken as it is. `complete` false: the
 * last character may be cut.
 */
export function decodeText(bytes: Uint8Array, complete: boolean, encoding?: TextEncoding): { text: string; encoding: string } {
  const used = encoding ?? guessEncoding(bytes, complete);
  if (used === 'iso-8859-1') return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), encoding: encodingName(used) };
  const whole = used.startsWith('utf-16') ? bytes.subarray(0, bytes.length - (bytes.length % 2)) : bytes;
  return { text: new TextDecoder(used).decode(whole, { stream: !complete }), encoding: encodingName(used) };
}

export function guessEncoding(bytes: Uint8Array, complete: boolean): TextEncoding {
  const utf16 = utf16Of(bytes);
  if (utf16) return utf16;
  if (isUtf8(bytes, complete)) return 'utf-8';
  for (const { confidence, name } of analyse(bytes.subarray(0, SAMPLE))) {
    const lower = name.toLowerCase();
    const known = CHARDET[lower] ?? textEncodings.find((one) => one === lower);
    if (!known || known.startsWith('utf')) continue;
    if (confidence < SURE) break;
    if (known === 'windows-1252' || decodes(bytes, known)) return known === 'windows-1252' ? 'iso-8859-1' : known;
  }
  return isHangul(bytes) ? 'euc-kr' : 'iso-8859-1';
}

/** Too few letters to be sure by statistics, but all beyond ASCII are pairs that are Hangul syllables in EUC-KR; western text hardly ever pairs accented letters. */
function isHangul(bytes: Uint8Array): boolean {
  let pairs = 0;
  for (let at = 0; at < Math.min(bytes.length, SAMPLE); at += 1) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1] ?? 0;
    if (lead < 0xb0 || lead > 0xc8 || trail < 0xa1 || trail > 0xfe) return false;
    pairs += 1;
    at += 1;
  }
  return pairs >= 2;
}

function isUtf8(bytes: Uint8Array, complete: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete });
    return true;
  } catch {
    return false;
  }
}

function decodes(bytes: Uint8Array, encoding: TextEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, SAMPLE), { stream: true });
    return true;
  } catch {
    return false;
  }
}
