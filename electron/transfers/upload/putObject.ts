import { crc32 } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { bodyChecksum, checksumHeader, modeOf } from '../checksumMode.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';
import type { Condition } from '../tiering/parts.ts';
import { bodyOf } from './body.ts';
import { contentTypeOf } from './contentType.ts';
import type { Source } from './source.ts';

/** Bytes that go without being watched on their way. */
const LEAN = 1024 * 1024;

/** What else is asked of a write: what must be at the key, and metadata the object gets. */
export interface WriteOptions {
  condition?: Condition;
  metadata?: Record<string, string>;
}

/** A small file as one PutObject with its checksum. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(job: Job, key: string, source: Source, { condition = {}, metadata = {} }: WriteOptions = {}): Promise<void> {
  await job.memory.run(async () => {
    const bytes = await source.read(0, source.size);
    await source.assertUnchanged();
    const checksum = bodyChecksum(modeOf(job), bytes, crc32(bytes));
    await request(job, { action: 's3:PutObject', key }, async ({ s3, leanS3, signal, touch }) => {
      let sent = 0;
      const ContentType = contentTypeOf(key);
      // The usual case takes the short way; whatever is unusual about the answer, the SDK knows.
      if (job.bandwidth.up.limit === null && bytes.length <= LEAN) {
        const headers = { 'content-length': String(bytes.length), 'content-type': ContentType, ...checksumHeader(checksum), ...askedHeaders(condition, metadata) };
        const answer = await leanS3.put({ bucket: job.record.bucket, key, headers, body: bytes, signal });
        if (answer) return job.moved(bytes.length);
      }
      const taken = (count: number) => {
        sent += count;
        job.moved(count);
        touch();
      };
      const Body = bodyOf(bytes, job.bandwidth.up, { taken, touch });
      try {
        await s3.send(
          new PutObjectCommand({ Bucket: job.record.bucket, Key: key, Body, ContentLength: bytes.length, ContentType, ...checksum, Metadata: metadata, ...condition }),
          { abortSignal: signal },
        );
      } catch (error) {
        job.moved(-sent);
        throw error;
      }
    });
  }, source.size);
}

const askedHeaders = ({ IfMatch, IfNoneMatch }: Condition, metadata: Record<string, string>): Record<string, string> => ({
  ...(IfMatch && { 'if-match': IfMatch }),
  ...(IfNoneMatch && { 'if-none-match': IfNoneMatch }),
  ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
});
