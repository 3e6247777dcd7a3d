import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';

/** `bucket/key`, URL-encoded as CopySource wants it; of a version of it, where one is named. */
export const copySource = (bucket: string, key: string, versionId?: string): string =>
  `${bucket}/${encodeURIComponent(key).replaceAll('%2F', '/')}${versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`}`;

/**
 * What a copy does not take over by itself and has to be said again: encryption, website redirect, object lock.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export const keptByHand = (head: HeadObjectCommandOutput) => ({
  ...keptLock(head),
  ServerSideEncryption: head.ServerSideEncryption,
  SSEKMSKeyId: head.SSEKMSKeyId,
  BucketKeyEnabled: head.BucketKeyEnabled,
  WebsiteRedirectLocation: head.WebsiteRedirectLocation,
});

/** A retention that is over is no retention: S3 refuses to set one that ended. */
function keptLock({ ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus }: HeadObjectCommandOutput) {
  const over = ObjectLockRetainUntilDate !== undefined && ObjectLockRetainUntilDate.getTime() <= Date.now();
  return { ...(over ? {} : { ObjectLockMode, ObjectLockRetainUntilDate }), ObjectLockLegalHoldStatus };
}

/** What CreateMultipartUpload has to be given in addition, as it copies nothing. */
export const keptHeaders = (head: HeadObjectCommandOutput) => ({
  ContentType: head.ContentType,
  ContentEncoding: head.ContentEncoding,
  ContentDisposition: head.ContentDisposition,
  ContentLanguage: head.ContentLanguage,
  CacheControl: head.CacheControl,
  Expires: head.ExpiresString === undefined || Number.isNaN(Date.parse(head.ExpiresString)) ? undefined : new Date(head.ExpiresString),
  Metadata: head.Metadata,
});

/** The algorithm of the checksum the object has, to be computed anew. */
export const checksumAlgorithm = (head: HeadObjectCommandOutput) =>
  (['CRC64NVME', 'CRC32', 'CRC32C', 'SHA256', 'SHA1'] as const).find((name) => head[`Checksum${name}`] !== undefined);
