import type { HeadObjectCommandOutput, RestoreStatus } from '@aws-sdk/client-s3';
import type { ObjectArchive } from '../../../shared/contract/s3Tiers.ts';
import { rulesOf } from '../../../shared/prices/storageClasses.ts';

/** What a listing that was asked for RestoreStatus tells. https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreStatus.html */
export function archiveInListing(storageClass: string, status: RestoreStatus | undefined): ObjectArchive {
  if (!rulesOf(storageClass).archived) return { storageClass, state: 'none' };
  if (status?.IsRestoreInProgress) return { storageClass, state: 'restoring' };
  return status?.RestoreExpiryDate ? { storageClass, state: 'restored', until: status.RestoreExpiryDate.toISOString() } : { storageClass, state: 'archived' };
}

/**
 * What HeadObject tells: `x-amz-restore: ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"`, and
 * `x-amz-archive-status` for objects that Intelligent-Tiering has archived.
 */
export function archiveOfHead(head: Pick<HeadObjectCommandOutput, 'StorageClass' | 'Restore' | 'ArchiveStatus'>): ObjectArchive {
  const storageClass = head.StorageClass ?? 'STANDARD';
  if (/ongoing-request="true"/.test(head.Restore ?? '')) return { storageClass, state: 'restoring' };
  const expiry = /expiry-date="([^"]+)"/.exec(head.Restore ?? '')?.[1];
  if (expiry !== undefined && !Number.isNaN(Date.parse(expiry))) return { storageClass, state: 'restored', until: new Date(expiry).toISOString() };
  return { storageClass, state: rulesOf(storageClass).archived || head.ArchiveStatus ? 'archived' : 'none' };
}
