/** Bytes of one row. */
export const WIDTH = 16;

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** A row as people read it: offset, sixteen bytes, their ASCII; dots where the bytes are not here yet. */
export function hexRow(offset: number, bytes: Uint8Array | undefined): string {
  const at = offset.toString(16).padStart(8, '0');
  if (!bytes) return `${at}  …`;
  const part = [...bytes];
  const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${at}  ${hex.padEnd(WIDTH * 3 - 1)}  ${text}`;
}
