import { crc32 } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { crc32ToBase64 } from '../crc32.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';
import { bodyOf } from './body.ts';
import { contentTypeOf } from './contentType.ts';
import type { Source } from './source.ts';

/** A small file as one PutObject with its CRC32. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(job: Job, key: string, source: Source): Promise<void> {
  await job.memory.run(async () => {
    const bytes = await source.read(0, source.size);
    await source.assertUnchanged();
    const ChecksumCRC32 = crc32ToBase64(crc32(bytes));
    await request(job, { action: 's3:PutObject', key }, async ({ s3, signal, touch }) => {
      let sent = 0;
      const taken = (count: number) => {
        sent += count;
        job.moved(count);
        touch();
      };
      const Body = bodyOf(bytes, job.bandwidth.up, { taken, touch });
      try {
        await s3.send(
          new PutObjectCommand({ Bucket: job.record.bucket, Key: key, Body, ContentLength: bytes.length, ContentType: contentTypeOf(key), ChecksumCRC32 }),
          { abortSignal: signal },
        );
      } catch (error) {
        job.moved(-sent);
        throw error;
      }
    });
  }, source.size);
}
