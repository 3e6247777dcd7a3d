import { CopyObjectCommand, CreateMultipartUploadCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { Job } from '../job.ts';
import type { Written } from '../overwrites.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumAlgorithm, copySource, keptByHand } from '../tiering/copySource.ts';
import { copyInParts } from '../tiering/parts.ts';
import { withHeaders, type ExactHeaders } from './exactHeaders.ts';
import { readTags, tagHeader, type Tags } from './tags.ts';

/**
 * Writes an object anew with these headers and metadata: S3 changes them by a copy of the object onto itself only. Class,
 * encryption, lock and the algorithm of its checksum stay. `tags`: given where they change too; else they are taken over.
 */
export async function rewrite(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput, headers: ExactHeaders, tags: Tags | undefined): Promise<Written> {
  if ((head.ContentLength ?? 0) <= job.tuning.wholeCopy) return copyWhole(job, file, head, headers, tags);
  file.size = head.ContentLength ?? 0;
  return { versionId: await copyInParts(job, index, file, head, async () => createUpload(job, file, head, headers, tags ?? (head.TagCount ? await readTags(job, file.key) : {}))) };
}

/** What is kept besides headers and metadata, on top of keptByHand; the redirect is one of the headers here. */
const kept = (head: HeadObjectCommandOutput) => ({ ...keptByHand(head), WebsiteRedirectLocation: undefined, StorageClass: head.StorageClass, ChecksumAlgorithm: checksumAlgorithm(head) });

async function copyWhole(job: Job, { key }: FileRecord, head: HeadObjectCommandOutput, headers: ExactHeaders, tags: Tags | undefined): Promise<Written> {
  const { bucket } = job.record;
  const input = {
    ...kept(head),
    Bucket: bucket,
    Key: key,
    CopySource: copySource(bucket, key),
    CopySourceIfMatch: head.ETag,
    MetadataDirective: 'REPLACE' as const,
    TaggingDirective: tags ? ('REPLACE' as const) : ('COPY' as const),
    Tagging: tags && tagHeader(tags),
  };
  const send = (ifMatch: string | undefined) =>
    request(job, { action: 's3:PutObject', key, stall: job.tuning.patientStall }, ({ s3, signal }) =>
      s3.send(withHeaders(new CopyObjectCommand({ ...input, IfMatch: ifMatch }), headers), { abortSignal: signal }),
    );
  // Stores that know no condition on the target still have the one on the source.
  const { VersionId } = await send(head.ETag).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'NotImplemented')) throw error;
    return send(undefined);
  });
  return { versionId: VersionId };
}

async function createUpload(job: Job, { key }: FileRecord, head: HeadObjectCommandOutput, headers: ExactHeaders, tags: Tags): Promise<string> {
  const { ChecksumAlgorithm, ...rest } = kept(head);
  // SHA checksums of a multipart object are always composite.
  const ChecksumType = ChecksumAlgorithm?.startsWith('SHA') ? undefined : head.ChecksumType;
  const input = { ...rest, Bucket: job.record.bucket, Key: key, Tagging: tagHeader(tags) || undefined, ChecksumAlgorithm, ChecksumType };
  const { UploadId } = await request(job, { action: 's3:PutObject', key }, ({ s3, signal }) => s3.send(withHeaders(new CreateMultipartUploadCommand(input), headers), { abortSignal: signal }));
  return UploadId!;
}
