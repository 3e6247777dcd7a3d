const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line for a shell that uploads a file to a signed address. */
export const curlPut = (url: string, contentType: string): string => `curl --fail --upload-file FILE ${contentType ? `-H ${quoted(`content-type: ${contentType}`)} ` : ''}${quoted(url)}`;

/** Key, address and end of each, as CSV (RFC 4180). */
export const asCsv = (urls: readonly { key: string; url: string }[], expiresAt: string): string =>
  [['key', 'url', 'expires_at'], ...urls.map(({ key, url }) => [key, url, expiresAt])].map((row) => `${row.map(field).join(',')}\r\n`).join('');
