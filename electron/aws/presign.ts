import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { RegionAwareS3Client } from './regionAwareS3.ts';

export interface PresignWish {
  method: 'GET' | 'PUT';
  bucket: string;
  objects: { key: string; versionId?: string | undefined }[];
  /** Seconds. */
  expiresIn: number;
  contentType?: string | undefined;
  contentDisposition?: string | undefined;
}

export interface Presigned {
  urls: { key: string; url: string }[];
  expiresAt: Date;
  limitedBy: 'wanted' | 'credentials';
}

/**
 * Addresses that work without credentials until they expire: at the wanted time, or when the credentials that signed
 * them end, whichever is earlier.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export async function presign(s3: S3Client, { method, bucket, objects, expiresIn, contentType, contentDisposition }: PresignWish): Promise<Presigned> {
  const signer = s3 instanceof RegionAwareS3Client ? await s3.signerFor(bucket) : s3;
  const { expiration } = await signer.config.credentials();
  const signingDate = new Date();
  const command = ({ key: Key, versionId: VersionId }: PresignWish['objects'][number]) =>
    method === 'GET'
      ? new GetObjectCommand({ Bucket: bucket, Key, VersionId, ResponseContentType: contentType, ResponseContentDisposition: contentDisposition })
      : new PutObjectCommand({ Bucket: bucket, Key, ContentType: contentType });
  const options = { expiresIn, signingDate, ...(method === 'PUT' && contentType !== undefined && { signableHeaders: new Set(['content-type']) }) };
  const urls: Presigned['urls'] = [];
  for (const object of objects) urls.push({ key: object.key, url: await getSignedUrl(signer, command(object) as GetObjectCommand, options) });
  const wanted = signingDate.getTime() + expiresIn * 1000;
  const byCredentials = expiration !== undefined && expiration.getTime() < wanted;
  return { urls, expiresAt: new Date(byCredentials ? expiration.getTime() : wanted), limitedBy: byCredentials ? 'credentials' : 'wanted' };
}
