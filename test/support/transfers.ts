import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { syncHandlers } from '../../electron/services/sync/index.ts';
import { transfersHandlers } from '../../electron/services/transfers/index.ts';
import { SyncPlans } from '../../electron/transfers/sync/plans.ts';
import type { Tuning } from '../../electron/transfers/tuning.ts';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { testContext, type TestContext } from './context.ts';
import { startFaultyProxy, type FaultyProxy } from './faultyProxy.ts';
import { startLake, type TestLake } from './lake.ts';

export type Policy = 'ask' | 'overwrite' | 'newer' | 'skip' | 'keepBoth';
/** How an upload or download begins; by default it overwrites and starts at once. */
export interface Beginning {
  policy?: Policy;
  propose?: boolean;
}
type Handlers = ReturnType<typeof transfersHandlers>['handlers'];

/** Short waits, so that a test of a stall or a retry takes no longer than it must. */
const quick: Partial<Tuning> = { firstWait: 20, longestWait: 200, stall: 1500, patientStall: 5000, completePoll: 200, signInPoll: 200, attempts: 30 };

/** The transfer once `reached` says so. Fails with its last state after `within` ms. */
export async function untilTransfer(list: () => Promise<Transfer[]>, id: string, reached: (transfer: Transfer) => boolean, within = 50_000): Promise<Transfer> {
  const deadline = Date.now() + within;
  for (;;) {
    const found = (await list()).find((transfer) => transfer.id === id);
    if (found && reached(found)) return found;
    if (Date.now() > deadline) throw new Error(`Transfer ${id} did not get there: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const ended = (transfer: Transfer): boolean => ['done', 'failed', 'cancelled'].includes(transfer.state);
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const BUCKET = 'bucket';

export interface TransferLab {
  lake: TestLake;
  /** Straight to the lake, for looking and preparing. */
  s3: S3Client;
  /** Between the backend and the lake. */
  proxy: FaultyProxy;
  backend: TestContext;
  handlers: Handlers;
  sync: ReturnType<typeof syncHandlers>['handlers'];
  /** A new folder of this lab. */
  folder(): Promise<string>;
  put(key: string, body: Uint8Array | string, more?: object): Promise<void>;
  bytes(key: string): Promise<Uint8Array>;
  keys(prefix?: string): Promise<string[]>;
  openUploads(): Promise<number>;
  startUpload(paths: string[], prefix?: string, how?: Beginning): Promise<Transfer>;
  upload(path: string, prefix?: string, how?: Beginning): Promise<Transfer>;
  startDownload(what: { keys?: string[]; prefixes?: string[]; basePrefix?: string }, to: string, how?: Beginning): Promise<Transfer>;
  download(what: { keys?: string[]; prefixes?: string[]; basePrefix?: string }, to: string, how?: Beginning): Promise<Transfer>;
  until(id: string, reached: (transfer: Transfer) => boolean): Promise<Transfer>;
  /** Ends the queue and starts it again on the same journal. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The transfers service in this process, a real lake in its own, and a proxy that can misbehave between them. */
export async function startTransferLab(tuning: Partial<Tuning> = {}): Promise<TransferLab> {
  const lake: TestLake = await startLake();
  const proxy = await startFaultyProxy(lake.endpoint);
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const backend = await testContext({ endpoint: proxy.endpoint, region: lake.region, ...lake.credentials });
  let plans = new SyncPlans(backend.context);
  let service = transfersHandlers(backend.context, plans, { ...quick, ...tuning });
  const folders: string[] = [];
  const until = (id: string, reached: (transfer: Transfer) => boolean) => untilTransfer(() => service.handlers.list({ input: undefined }), id, reached);
  const lab: TransferLab = {
    lake,
    s3,
    proxy,
    backend,
    get handlers() {
      return service.handlers;
    },
    get sync() {
      return syncHandlers(backend.context, plans).handlers;
    },
    async folder() {
      folders.push(await mkdtemp(path.join(tmpdir(), 'secchi-transfers-')));
      return folders.at(-1)!;
    },
    put: async (Key, Body, more = {}) => void (await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }))),
    bytes: async (Key) => (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))).Body!.transformToByteArray(),
    keys: async (Prefix = '') => ((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }))).Contents ?? []).map((object) => object.Key!),
    openUploads: async () => (await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads?.length ?? 0,
    async startUpload(paths, prefix = '', how = {}) {
      const grants = await Promise.all(paths.map(async (at) => (await backend.context.grants.grant(at, 'read')).grant));
      return service.handlers.upload({ input: { connectionId: 'local', bucket: BUCKET, prefix, grants, policy: 'overwrite', propose: false, ...how } });
    },
    upload: async (at, prefix, how) => until((await lab.startUpload([at], prefix, how)).id, ended),
    async startDownload({ keys = [], prefixes = [], basePrefix = '' }, to, how = {}) {
      const { grant } = await backend.context.grants.grant(to, 'folder');
      return service.handlers.download({ input: { connectionId: 'local', bucket: BUCKET, keys, prefixes, basePrefix, grant, policy: 'overwrite', propose: false, ...how } });
    },
    download: async (what, to, how) => until((await lab.startDownload(what, to, how)).id, ended),
    until,
    async restart() {
      await service.close();
      await plans.close();
      plans = new SyncPlans(backend.context);
      service = transfersHandlers(backend.context, plans, { ...quick, ...tuning });
    },
    async close() {
      await service.close();
      await plans.close();
      await backend.close();
      await proxy.close();
      await lake.stop();
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
  return lab;
}
