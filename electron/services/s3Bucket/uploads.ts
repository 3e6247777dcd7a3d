import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import type { MultipartUpload } from '../../../shared/contract/s3Bucket.ts';
import { AppError, type AppErrorData } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { Journal } from '../../transfers/journal.ts';
import { ENDED } from '../../transfers/records.ts';
import { decodeKey, s3Uri } from '../s3/keys.ts';

interface Place {
  connectionId: string;
  bucket: string;
}
type Chosen = Pick<MultipartUpload, 'key' | 'uploadId'>;

/** Requests about uploads at a time. */
const AT_ONCE = 8;

/** Ids of uploads that transfers of this app still work on, by their journal. */
async function ownUploads({ store }: BackendContext, { connectionId, bucket }: Place): Promise<Set<string>> {
  const journal = new Journal(store);
  const own = new Set<string>();
  for (const record of await journal.transfers()) {
    if (record.connectionId !== connectionId || record.bucket !== bucket || ENDED.includes(record.state)) continue;
    for await (const { file } of journal.files(record.id)) if (file.uploadId) own.add(file.uploadId);
  }
  return own;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export async function listUploads(context: BackendContext, place: Place & { prefix: string; keyMarker?: string | undefined; uploadIdMarker?: string | undefined }, abortSignal?: AbortSignal) {
  const { connectionId, bucket, prefix, keyMarker, uploadIdMarker } = place;
  const answer = await context.aws.attempt({ connectionId, action: 's3:ListBucketMultipartUploads', resource: s3Uri(bucket, prefix) }, ({ s3 }) =>
    s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix || undefined, KeyMarker: keyMarker, UploadIdMarker: uploadIdMarker, EncodingType: 'url' }), { abortSignal }),
  );
  const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
  const own = answer.Uploads?.length ? await ownUploads(context, place) : new Set<string>();
  const uploads = (answer.Uploads ?? []).map(({ Key = '', UploadId = '', Initiated, Initiator, StorageClass }): MultipartUpload => ({
    key: decode(Key),
    uploadId: UploadId,
    initiated: Initiated?.toISOString() ?? '',
    initiator: Initiator?.DisplayName || Initiator?.ID || '',
    storageClass: StorageClass ?? 'STANDARD',
    own: own.has(UploadId),
  }));
  const nextKey = answer.NextKeyMarker;
  // Some servers say "truncated" of the last page, too, with nothing after it.
  const next = answer.IsTruncated && nextKey && uploads.length > 0 ? { keyMarker: decode(nextKey), uploadIdMarker: answer.NextUploadIdMarker ?? '' } : undefined;
  return { uploads, next };
}

/** What each upload stores, by ListParts. */
export async function uploadSizes({ aws }: BackendContext, { connectionId, bucket, uploads }: Place & { uploads: Chosen[] }, signal?: AbortSignal) {
  const queue = new PQueue({ concurrency: AT_ONCE });
  let error: AppErrorData | undefined;
  const sizeOf = ({ key, uploadId }: Chosen) =>
    aws
      .attempt({ connectionId, action: 's3:ListMultipartUploadParts', resource: s3Uri(bucket, key) }, async ({ s3 }) => {
        const size = { parts: 0, bytes: 0 };
        let marker = 0;
        for (;;) {
          const page = await s3.send(new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumberMarker: marker > 0 ? String(marker) : undefined }), { abortSignal: signal });
          const parts = (page.Parts ?? []).filter(({ PartNumber = 0 }) => PartNumber > marker);
          size.parts += parts.length;
          size.bytes += parts.reduce((sum, { Size = 0 }) => sum + Size, 0);
          // Some servers say "truncated" of every page.
          if (!page.IsTruncated || parts.length === 0) return size;
          marker = Math.max(...parts.map(({ PartNumber = 0 }) => PartNumber));
        }
      })
      .catch((reason: unknown) => {
        if (!(reason instanceof AppError) || reason.code === 'Cancelled') throw reason;
        // Ended since it was listed: it stores nothing any more.
        if (reason.awsCode === 'NoSuchUpload') return { parts: 0, bytes: 0 };
        error ??= reason.toData();
        return null;
      });
  return { sizes: await queue.addAll(uploads.map((upload) => () => sizeOf(upload))), error };
}

/** Aborts them: their parts are deleted for good. One that is gone already counts as aborted. */
export async function abortUploads(context: BackendContext, place: Place & { uploads: Chosen[] }) {
  const { connectionId, bucket, uploads } = place;
  context.aws.assertWritable(connectionId, `abort ${uploads.length} uploads to ${s3Uri(bucket)}`);
  const own = await ownUploads(context, place);
  const ours = uploads.find(({ uploadId }) => own.has(uploadId));
  if (ours) {
    throw new AppError('Conflict', `The upload of ${s3Uri(bucket, ours.key)} belongs to a transfer that is still running.`, {
      detail: 'Nothing was aborted. Cancel the transfer instead: that aborts its upload.',
      resource: s3Uri(bucket, ours.key),
    });
  }
  const queue = new PQueue({ concurrency: AT_ONCE });
  const failed: (Chosen & { error: AppErrorData })[] = [];
  await queue.addAll(
    uploads.map(({ key, uploadId }) => async () => {
      try {
        await context.aws.attempt({ connectionId, action: 's3:AbortMultipartUpload', resource: s3Uri(bucket, key) }, ({ s3 }) =>
          s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })),
        );
      } catch (error) {
        const failure = error as AppError;
        if (failure.awsCode !== 'NoSuchUpload') failed.push({ key, uploadId, error: failure.toData() });
      }
    }),
  );
  return { aborted: uploads.length - failed.length, failed };
}
