/** Bytes of a cell: those a varbinary spells in hex pairs, of anything else its UTF-8. */
export function cellBytes(value: string, type: string): Uint8Array {
  if (/^varbinary/i.test(type) && /^([0-9a-f]{2}( |$))*$/i.test(value)) return Uint8Array.from(value.split(' ').filter(Boolean), (pair) => Number.parseInt(pair, 16));
  return new TextEncoder().encode(value);
}

const signatures: [string, RegExp][] = [
  ['image/png', /^\x89PNG\r\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
  ['image/bmp', /^BM[\s\S]{4}\0\0\0\0/],
];

/** As an address to draw, where the cell is a picture: its bytes, base64 of them, or a data: address. */
export function cellImage(value: string, type: string): string | null {
  const typeOf = (bytes: string) => signatures.find(([, signature]) => signature.test(bytes))?.[0];
  if (/^data:image\/(png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]+$/.test(value)) return value;
  const bytes = cellBytes(value, type);
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const mime = typeOf(head);
  if (mime) {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return `data:${mime};base64,${btoa(binary)}`;
  }
  if (value.length < 24 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  try {
    const decoded = typeOf(atob(value.slice(0, 24)));
    return decoded ? `data:${decoded};base64,${value}` : null;
  } catch {
    return null;
  }
}

const longestHex = 65_536;

/** Lines of sixteen bytes with their offset and their ASCII, of the first 64 KB. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, longestHex); at += 16) {
    const line = [...bytes.subarray(at, at + 16)];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}`);
  }
  if (bytes.length > longestHex) lines.push('…');
  return lines.join('\n');
}
