import { HeadObjectCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import type { ObjectArchive, RestoreRecord } from '../../../shared/contract/s3Tiers.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { Store } from '../../storage/store.ts';
import { archiveOfHead } from '../../transfers/tiering/archiveState.ts';
import { restoreKey, restoresBelow, restoresOf, type NotedRestore } from '../../transfers/tiering/restores.ts';
import { s3Uri } from '../s3/keys.ts';

const SHOWN = 500;
const AT_ONCE = 8;

interface Place {
  connectionId: string;
  bucket: string;
  key: string;
}

/** How far one object's archived data can be read now. */
export const objectArchive = (aws: AwsConnections, { connectionId, bucket, key }: Place, abortSignal?: AbortSignal): Promise<ObjectArchive> =>
  aws.attempt({ connectionId, action: 's3:GetObject', resource: s3Uri(bucket, key) }, async ({ s3 }) => archiveOfHead(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal })));

/** The restores that were asked for from here, and how each stands. */
export function createRestores(aws: AwsConnections, store: Store) {
  const noted = restoresOf(store);

  async function list(connectionId: string, signal?: AbortSignal): Promise<RestoreRecord[]> {
    const newest: NotedRestore[] = [];
    for await (const [, restore] of noted.entries(restoresBelow(connectionId))) newest.push(restore);
    newest.sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
    const queue = new PQueue({ concurrency: AT_ONCE });
    return queue.addAll(
      newest.slice(0, SHOWN).map((restore) => async (): Promise<RestoreRecord> => {
        try {
          return { ...restore, ...(await objectArchive(aws, { connectionId, ...restore }, signal)) };
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'Cancelled') throw error;
          return { ...restore, storageClass: '', state: 'archived', error: error.toData() };
        }
      }),
    );
  }

  return {
    list,
    async clear(connectionId: string): Promise<void> {
      const over = (await list(connectionId)).filter(({ state, error }) => state !== 'restoring' || error);
      await noted.batch(over.map(({ bucket, key }) => ({ type: 'del', key: restoreKey(connectionId, bucket, key) })));
    },
  };
}
