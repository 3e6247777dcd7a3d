import { CopyObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput, type StorageClass } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { archivedError } from './archived.ts';
import { archiveOfHead } from './archiveState.ts';
import { checksumAlgorithm, copySource, keptByHand } from './copySource.ts';
import { plannedObjects } from './jobReader.ts';
import { abortParts, copyInParts, createInClass } from './parts.ts';

/**
 * Gives objects another storage class: each is copied onto itself, with its metadata, tags and encryption, on condition
 * that it is still the one that was looked at. What has the class already is left alone, so that a repeat after a crash
 * does nothing twice; what is archived and not restored was not planned.
 */
export const classChange: TransferKind = fileTransfer({
  async plan(job, planner) {
    for await (const { objects } of plannedObjects(job)) {
      for (const { key, size, storageClass, archive } of objects) {
        if (storageClass === job.record.storageClass || archive === 'archived' || archive === 'restoring') continue;
        await planner.add({ state: 'pending', key, size });
      }
    }
  },

  doFile: (job, index, file) =>
    job.alone(file.key, async () => {
      const { bucket, connectionId } = job.record;
      const to = job.record.storageClass!;
      const resource = s3Uri(bucket, file.key);
      job.aws.assertWritable(connectionId, `change the storage class of ${resource}`);
      const head = await request(job, { action: 's3:GetObject', key: file.key }, ({ s3, signal }) =>
        s3.send(new HeadObjectCommand({ Bucket: bucket, Key: file.key, ChecksumMode: 'ENABLED' }), { abortSignal: signal }),
      );
      const { storageClass, state } = archiveOfHead(head);
      if (storageClass !== to) {
        if (state === 'archived' || state === 'restoring') throw archivedError(resource, storageClass, state);
        if (head.SSECustomerAlgorithm) throw customerKey(resource);
        if ((head.ContentLength ?? 0) > job.tuning.wholeCopy) await copyInParts(job, index, file, head, () => createInClass(job, file, head, to));
        else await copyWhole(job, file, head, to);
      }
      job.moved(file.size);
    }),

  undoFile: abortParts,
});

async function copyWhole(job: Job, { key }: FileRecord, head: HeadObjectCommandOutput, to: string): Promise<void> {
  const { bucket } = job.record;
  const input = {
    ...keptByHand(head),
    Bucket: bucket,
    Key: key,
    CopySource: copySource(bucket, key),
    CopySourceIfMatch: head.ETag,
    StorageClass: to as StorageClass,
    MetadataDirective: 'COPY' as const,
    TaggingDirective: 'COPY' as const,
    ChecksumAlgorithm: checksumAlgorithm(head),
  };
  const send = (ifMatch: string | undefined) =>
    request(job, { action: 's3:PutObject', key, stall: job.tuning.patientStall }, ({ s3, signal }) => s3.send(new CopyObjectCommand({ ...input, IfMatch: ifMatch }), { abortSignal: signal }));
  // Stores that know no condition on the target still have the one on the source.
  await send(head.ETag).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'NotImplemented')) throw error;
    return send(undefined);
  });
}

const customerKey = (resource: string): AppError =>
  new AppError('NotImplemented', `${resource} is encrypted with a key of the customer (SSE-C), which Secchi does not have.`, { detail: 'Change its class with the program that holds the key.', resource });
