import { close, fdatasync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { s3Uri } from '../../services/s3/keys.ts';
import { crc32ToBase64 } from '../crc32.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import { quickly, writeSmall } from '../quickDisk.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumHeaders, checksumOf, checksumOfBytes, type Checksums } from './checksum.ts';
import { syncFolder } from './folder.ts';
import { checksumMismatch, longer, mismatch, shorter } from './ranges.ts';

/** Objects up to here are held in memory while they are checked. */
export const SMALL = 1024 * 1024;

const sync = promisify(fdatasync);
const shut = promisify(close);

/** The bytes of a small object, as many as it should have and with the checksum S3 keeps. */
export async function fetchSmall(job: Job, file: FileRecord): Promise<Buffer> {
  const { key, etag, size } = file;
  const { bytes, answer } = await request(job, { action: 's3:GetObject', key }, async ({ s3, leanS3, signal, touch }) => {
    const headers = { 'x-amz-checksum-mode': 'ENABLED', ...(etag ? { 'if-match': etag } : {}) };
    const lean = await leanS3.send({ method: 'GET', bucket: job.record.bucket, key, headers, signal });
    const told = lean ? undefined : await s3.send(new GetObjectCommand({ Bucket: job.record.bucket, Key: key, IfMatch: etag || undefined, ChecksumMode: 'ENABLED' }), { abortSignal: signal });
    const body = lean?.body ?? (told!.Body as Readable);
    const onAbort = () => body.destroy(new Error('given up'));
    signal.addEventListener('abort', onAbort, { once: true });
    const pieces: Buffer[] = [];
    let got = 0;
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        touch();
        const wait = job.bandwidth.down.take(piece.length, touch);
        if (wait) await wait;
        if (got + piece.length > size) throw longer(job, key, { offset: 0, length: size, whole: true });
        pieces.push(piece);
        got += piece.length;
      }
      if (got < size) throw shorter(job, key, { offset: 0, length: size, whole: true }, got);
    } catch (error) {
      throw mismatch(error, s3Uri(job.record.bucket, key));
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (!body.readableEnded) body.destroy();
    }
    const answer: Checksums = lean ? checksumHeaders(lean.headers) : told!;
    return { bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), answer };
  });
  const checksum = checksumOf(answer);
  // Of an object of one part the checksum of the whole is known; one of several parts that is this small is rare.
  if (checksum && (!checksum.composite || checksum.value.endsWith('-1'))) {
    const actual = checksum.algorithm === 'CRC32' && !checksum.composite ? crc32ToBase64(crc32(bytes)) : await checksumOfBytes(bytes, checksum);
    if (actual !== checksum.value) throw checksumMismatch(s3Uri(job.record.bucket, key), `${checksum.algorithm} is ${actual}, stored is ${checksum.value}.`);
  }
  job.moved(bytes.length);
  return bytes;
}

/** Temporary name, sync, `ready`, rename, sync of the folder: the file is there whole or as it was. */
export async function publishSmall(bytes: Buffer, temporary: string, target: string, renameError: (error: unknown) => never, ready?: () => Promise<void>): Promise<void> {
  try {
    const fd = await quickly(
      () => writeSmall(temporary, bytes),
      () => writePatiently(temporary, bytes),
    );
    if (fd !== undefined) {
      try {
        await sync(fd);
      } finally {
        await shut(fd);
      }
    }
  } catch (error) {
    throw localError(error, temporary, 'write');
  }
  await ready?.();
  await rename(temporary, path.toNamespacedPath(target)).catch(renameError);
  await syncFolder(path.dirname(target));
}

async function writePatiently(temporary: string, bytes: Buffer): Promise<undefined> {
  await rm(temporary, { force: true });
  await writeFile(temporary, bytes, { flag: 'wx', flush: true });
}
