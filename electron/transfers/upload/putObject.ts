import { crc32 } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { bodyChecksum, checksumHeader, modeOf } from '../checksumMode.ts';
import { withHeaders, type ExactHeaders } from '../edit/exactHeaders.ts';
import type { Job } from '../job.ts';
import type { Written } from '../overwrites.ts';
import { request } from '../requests.ts';
import type { Condition } from '../tiering/parts.ts';
import { bodyOf } from './body.ts';
import { contentTypeOf } from './contentType.ts';
import type { Source } from './source.ts';

/** Bytes that go without being watched on their way. */
const LEAN = 1024 * 1024;

/** What else is asked of a write: what must be at the key, and HTTP headers (lower case) over those any upload has. */
export interface WriteOptions {
  condition?: Condition;
  headers?: ExactHeaders;
}

/** A small file as one PutObject with its checksum. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(job: Job, key: string, source: Source, { condition = {}, headers: asked = {} }: WriteOptions = {}): Promise<Written> {
  return job.memory.run(async () => {
    const bytes = await source.read(0, source.size);
    await source.assertUnchanged();
    const checksum = bodyChecksum(modeOf(job), bytes, crc32(bytes));
    return request(job, { action: 's3:PutObject', key }, async ({ s3, leanS3, signal, touch }) => {
      let sent = 0;
      // The usual case takes the short way; whatever is unusual about the answer, the SDK knows.
      if (job.bandwidth.up.limit === null && bytes.length <= LEAN) {
        const headers = { 'content-length': String(bytes.length), 'content-type': contentTypeOf(key), ...asked, ...checksumHeader(checksum), ...conditionHeaders(condition) };
        const answer = await leanS3.put({ bucket: job.record.bucket, key, headers, body: bytes, signal });
        if (answer) {
          job.moved(bytes.length);
          return { versionId: answer['x-amz-version-id'] as string | undefined };
        }
      }
      const taken = (count: number) => {
        sent += count;
        job.moved(count);
        touch();
      };
      const Body = bodyOf(bytes, job.bandwidth.up, { taken, touch });
      try {
        const { VersionId } = await s3.send(
          withHeaders(new PutObjectCommand({ Bucket: job.record.bucket, Key: key, Body, ContentLength: bytes.length, ContentType: contentTypeOf(key), ...checksum, ...condition }), asked),
          { abortSignal: signal },
        );
        return { versionId: VersionId };
      } catch (error) {
        job.moved(-sent);
        throw error;
      }
    });
  }, source.size);
}

const conditionHeaders = ({ IfMatch, IfNoneMatch }: Condition): Record<string, string> => ({
  ...(IfMatch && { 'if-match': IfMatch }),
  ...(IfNoneMatch && { 'if-none-match': IfNoneMatch }),
});
