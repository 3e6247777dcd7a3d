import { utf16Of } from './detect.ts';

/**
 * Text of bytes whose encoding nobody states: UTF-16 and UTF-8 by mark or content, else Latin-1 (every byte is a
 * character there, so nothing is lost from sight). `complete` false: the last character may be cut.
 */
export function decodeText(bytes: Uint8Array, complete: boolean): { text: string; encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'ISO-8859-1' } {
  const utf16 = utf16Of(bytes);
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes.subarray(0, bytes.length - (bytes.length % 2))), encoding: utf16 === 'utf-16le' ? 'UTF-16LE' : 'UTF-16BE' };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    return { text: decoder.decode(bytes, { stream: !complete }), encoding: 'UTF-8' };
  } catch {
    return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), encoding: 'ISO-8859-1' };
  }
}
