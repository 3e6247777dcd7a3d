import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand, type MultipartUpload } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { decodeKey } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';

/** S3's times are in whole seconds, and the way there and back takes a while, ms. */
const INEXACT = 3_000;

interface Begun {
  uploadId: string;
  /** The request was sent more than once. */
  repeated?: boolean;
}

/**
 * Begins an upload in parts. That it is asked for is journalled before, its id when it is known: a start that finds an upload
 * asked for and no id knows that S3 may hold one nobody can name, as it does where the request had to be repeated. Such
 * uploads are aborted. S3 lets an upload carry no mark one could see again, so they are told by all that can be seen: the
 * key, the same initiator, class and checksum as the one begun now, begun between the asking and that one, not in our
 * journal, and without a part. Another program that begins one like that within the same seconds could lose it, empty.
 */
export async function beginUpload(job: Job, index: number, file: FileRecord, begin: () => Promise<Begun>): Promise<void> {
  const { journal, record } = job;
  const lost = file.askedFor !== undefined;
  if (!lost) {
    file.askedFor = new Date().toISOString();
    await journal.putFile(record.id, index, file);
  }
  const { uploadId, repeated } = await begin();
  const now = Date.now();
  file.uploadId = uploadId;
  if (!lost && !repeated) delete file.askedFor;
  await journal.putFile(record.id, index, file);
  if (file.askedFor) await dropLost(job, index, file, now);
}

/** A start that was killed before it could look: it is looked again. */
export async function dropLostUploads(job: Job, index: number, file: FileRecord): Promise<void> {
  if (file.uploadId && file.askedFor) await dropLost(job, index, file);
}

/** `begunAt`: when our own upload began, by our clock; unknown, S3's is taken to be ours within a minute. */
async function dropLost(job: Job, index: number, file: FileRecord, begunAt?: number): Promise<void> {
  const { bucket: Bucket, id } = job.record;
  const { key, uploadId, askedFor = '' } = file;
  try {
    const uploads = await uploadsOf(job, key);
    const own = uploads.find((upload) => upload.UploadId === uploadId);
    const ownBegan = own?.Initiated?.getTime();
    if (own && ownBegan !== undefined) {
      const ahead = begunAt === undefined ? -60_000 : ownBegan - begunAt;
      const from = Date.parse(askedFor) + ahead - INEXACT;
      const known = await ourUploads(job, key);
      const lost = uploads.filter((one) => !known.has(one.UploadId ?? '') && (one.Initiated?.getTime() ?? 0) >= from && (one.Initiated?.getTime() ?? 0) <= ownBegan && looksLike(one, own));
      for (const { UploadId } of lost) {
        const at = { Bucket, Key: key, UploadId };
        const { Parts = [] } = await request(job, { action: 's3:ListMultipartUploadParts', key }, ({ s3, signal }) => s3.send(new ListPartsCommand({ ...at, MaxParts: 1 }), { abortSignal: signal }));
        if (Parts.length === 0) await request(job, { action: 's3:AbortMultipartUpload', key }, ({ s3, signal }) => s3.send(new AbortMultipartUploadCommand(at), { abortSignal: signal }));
      }
    }
  } catch (error) {
    // Where they may not be listed nothing is done.
    if (!(error instanceof AppError && ['AccessDenied', 'NotFound', 'NotImplemented'].includes(error.code))) throw error;
  }
  delete file.askedFor;
  await job.journal.putFile(id, index, file);
}

const looksLike = (one: MultipartUpload, own: MultipartUpload): boolean =>
  one.Initiator?.ID === own.Initiator?.ID && one.StorageClass === own.StorageClass && one.ChecksumAlgorithm === own.ChecksumAlgorithm && one.ChecksumType === own.ChecksumType;

/** Uploads in parts of exactly this key. */
async function uploadsOf(job: Job, key: string): Promise<MultipartUpload[]> {
  const found: MultipartUpload[] = [];
  let after: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket: job.record.bucket, Prefix: key, EncodingType: 'url', ...after });
    const { Uploads = [], EncodingType, IsTruncated, NextKeyMarker, NextUploadIdMarker } = await request(job, { action: 's3:ListBucketMultipartUploads', key }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
    const decode = (name = '') => (EncodingType === 'url' ? decodeKey(name) : name);
    const ofKey = Uploads.filter((upload) => decode(upload.Key) === key);
    found.push(...ofKey);
    // Keys that begin with this one come after it.
    if (!IsTruncated || !NextKeyMarker || ofKey.length < Uploads.length || Uploads.length === 0) return found;
    after = { KeyMarker: decode(NextKeyMarker), UploadIdMarker: NextUploadIdMarker };
  }
}

/** Ids of uploads to this key that our journal knows, paused ones too. */
async function ourUploads({ journal, record }: Job, key: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { id, connectionId, bucket } of await journal.transfers()) {
    if (connectionId !== record.connectionId || bucket !== record.bucket) continue;
    for await (const { file } of journal.files(id)) if (file.uploadId && file.key === key) ids.add(file.uploadId);
  }
  return ids;
}
