import { GetObjectTaggingCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectDetails } from '../../../shared/contract/s3.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from './keys.ts';

const CHECKSUMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

const checksumsOf = (head: HeadObjectCommandOutput): Record<string, string> =>
  Object.fromEntries(
    CHECKSUMS.flatMap((name) => {
      const value = head[`Checksum${name}`];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** HeadObject with checksums, and the tags where they may be read (null where not). */
export async function objectDetails(
  aws: AwsConnections,
  { connectionId, bucket, key }: { connectionId: string; bucket: string; key: string },
  abortSignal?: AbortSignal,
): Promise<ObjectDetails> {
  const resource = s3Uri(bucket, key);
  const at = { Bucket: bucket, Key: key };
  const readTags = async (): Promise<Record<string, string> | null> => {
    try {
      return await aws.attempt({ connectionId, action: 's3:GetObjectTagging', resource }, async ({ s3 }) => {
        const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(at), { abortSignal });
        return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
      });
    } catch (error) {
      // Stores without tagging, and readers without the permission, still show the rest.
      if (error instanceof AppError && (error.code === 'AccessDenied' || error.code === 'NotImplemented')) return null;
      throw error;
    }
  };
  const [head, tags] = await Promise.all([
    aws.attempt({ connectionId, action: 's3:GetObject', resource }, ({ s3 }) => s3.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }), { abortSignal })),
    readTags(),
  ]);
  return {
    bucket,
    key,
    size: head.ContentLength ?? 0,
    modified: head.LastModified?.toISOString() ?? '',
    etag: head.ETag ?? '',
    storageClass: head.StorageClass ?? 'STANDARD',
    contentType: head.ContentType,
    contentEncoding: head.ContentEncoding,
    cacheControl: head.CacheControl,
    versionId: head.VersionId,
    encryption: head.ServerSideEncryption && (head.SSEKMSKeyId ? `${head.ServerSideEncryption} (${head.SSEKMSKeyId})` : head.ServerSideEncryption),
    checksums: checksumsOf(head),
    metadata: head.Metadata ?? {},
    tags,
  };
}
