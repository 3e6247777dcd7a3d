import { GetObjectTaggingCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectFacts } from '../../../shared/contract/s3Objects.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { describedBy, seenIn } from '../../transfers/edit/described.ts';
import { archiveOfHead } from '../../transfers/tiering/archiveState.ts';
import { s3Uri } from '../s3/keys.ts';

export interface ObjectAt {
  connectionId: string;
  bucket: string;
  key: string;
  versionId?: string | undefined;
}

const CHECKSUMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

/** Denied to us, or not known to the store: what else there is can be shown. */
export const isUntold = (error: unknown): boolean => error instanceof AppError && (error.code === 'AccessDenied' || error.code === 'NotImplemented');

/** HeadObject with checksums, and the tags where they may be read. */
export async function objectFacts(aws: AwsConnections, at: ObjectAt, abortSignal?: AbortSignal): Promise<ObjectFacts> {
  const [head, tags] = await Promise.all([readHead(aws, at, abortSignal), readTags(aws, at, abortSignal)]);
  const { headers, metadata, lock } = describedBy(head, tags);
  return {
    key: at.key,
    size: head.ContentLength ?? 0,
    ...seenIn(head),
    versionId: head.VersionId,
    archive: archiveOfHead(head),
    headers,
    metadata,
    missingMetadata: head.MissingMeta ?? 0,
    tags,
    checksums: checksumsIn(head),
    checksumType: head.ChecksumType,
    encryption: encryptionIn(head),
    lock,
    replication: head.ReplicationStatus,
  };
}

function readHead(aws: AwsConnections, { connectionId, bucket, key, versionId }: ObjectAt, abortSignal?: AbortSignal): Promise<HeadObjectCommandOutput> {
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return aws.attempt({ connectionId, action, resource: s3Uri(bucket, key) }, ({ s3 }) =>
    s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: 'ENABLED' }), { abortSignal }),
  );
}

async function readTags(aws: AwsConnections, { connectionId, bucket, key, versionId }: ObjectAt, abortSignal?: AbortSignal): Promise<Record<string, string> | null> {
  const action = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  try {
    const { TagSet = [] } = await aws.attempt({ connectionId, action, resource: s3Uri(bucket, key) }, ({ s3 }) =>
      s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }), { abortSignal }),
    );
    return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
  } catch (error) {
    if (isUntold(error)) return null;
    throw error;
  }
}

export const checksumsIn = (source: Partial<Record<`Checksum${(typeof CHECKSUMS)[number]}`, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    CHECKSUMS.flatMap((name) => {
      const value = source[`Checksum${name}`];
      return value === undefined ? [] : [[name, value]];
    }),
  );

function encryptionIn(head: HeadObjectCommandOutput): ObjectFacts['encryption'] {
  const algorithm = head.ServerSideEncryption ?? head.SSECustomerAlgorithm;
  if (algorithm === undefined) return undefined;
  return { algorithm, kmsKeyId: head.SSEKMSKeyId, bucketKey: head.BucketKeyEnabled ?? false, customerKey: head.SSECustomerAlgorithm !== undefined };
}
