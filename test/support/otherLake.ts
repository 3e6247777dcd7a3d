import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFaultyProxy, type FaultyProxy } from './faultyProxy.ts';
import { startLake } from './lake.ts';
import type { TransferLab } from './transfers.ts';

/** What a connection leads to. */
export interface Store {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

export interface OtherStore {
  connectionId: string;
  /** Straight to it. */
  s3: S3Client;
  /** Between the backend and it. */
  proxy: FaultyProxy;
  put(key: string, body: Uint8Array | string, more?: object): Promise<void>;
  bytes(key: string): Promise<Uint8Array>;
  keys(prefix?: string): Promise<string[]>;
  openUploads(): Promise<number>;
  close(): Promise<void>;
}

export const OTHER = 'other-bucket';

/** A second store with a bucket, and a connection of the lab to it, which may write. */
export async function connectStore({ backend }: Pick<TransferLab, 'backend'>, store: Store, checksums?: 'full' | 'parts' | 'md5' | 'none'): Promise<OtherStore> {
  const proxy = await startFaultyProxy(store.endpoint);
  const s3 = new S3Client({ ...store, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: OTHER }));
  const { aws } = backend.context;
  const { id } = await aws.create({ name: 'Other', kind: 'keys', region: store.region, endpoint: proxy.endpoint, ...(checksums && { checksums }) }, store.credentials);
  await aws.update(id, { readOnly: false });
  return {
    connectionId: id,
    s3,
    proxy,
    put: async (Key, Body, more = {}) => void (await s3.send(new PutObjectCommand({ Bucket: OTHER, Key, Body, ...more }))),
    bytes: async (Key) => (await s3.send(new GetObjectCommand({ Bucket: OTHER, Key }))).Body!.transformToByteArray(),
    keys: async (Prefix = '') => ((await s3.send(new ListObjectsV2Command({ Bucket: OTHER, Prefix }))).Contents ?? []).map((object) => object.Key!),
    openUploads: async () => (await s3.send(new ListMultipartUploadsCommand({ Bucket: OTHER }))).Uploads?.length ?? 0,
    close: proxy.close,
  };
}

/** The same with a lake of its own. */
export async function startOtherLake(lab: Pick<TransferLab, 'backend'>): Promise<OtherStore> {
  const lake = await startLake();
  const other = await connectStore(lab, lake);
  return { ...other, close: async () => void (await other.close(), await lake.stop()) };
}
