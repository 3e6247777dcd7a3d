import type { IncomingMessage } from 'node:http';
import { ServiceError } from './serviceError.ts';

/** A small body as a whole. RequestEntityTooLarge beyond `limit` bytes. */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if ((size += chunk.length) > limit) throw new ServiceError('RequestEntityTooLarge', `The request is larger than ${limit} bytes.`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
