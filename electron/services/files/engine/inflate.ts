import { createGunzip } from 'node:zlib';

/**
 * The first bytes inside a gzip file, at most `limit`, from its first bytes: a bomb unfolds no further than that. A body
 * that ends early (because only its head is here) gives what there is.
 */
export function inflateHead(compressed: Uint8Array, limit: number): Promise<{ bytes: Uint8Array; complete: boolean }> {
  return new Promise((resolve, reject) => {
    const gunzip = createGunzip({ chunkSize: 64 * 1024 });
    const chunks: Buffer[] = [];
    let length = 0;
    let settled = false;
    const finish = (complete: boolean) => {
      if (settled) return;
      settled = true;
      gunzip.destroy();
      resolve({ bytes: Buffer.concat(chunks).subarray(0, limit), complete: complete && length <= limit });
    };
    gunzip.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= limit) finish(false);
    });
    gunzip.on('end', () => finish(true));
    gunzip.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'Z_BUF_ERROR' || length > 0) finish(false);
      else if (!settled) reject(error);
    });
    gunzip.end(compressed);
  });
}
