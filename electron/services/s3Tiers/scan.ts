import { HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Mask, ScanState } from '../../../shared/contract/s3Tiers.ts';
import { AppError } from '../../../shared/errors.ts';
import { Cells } from '../../../shared/prices/aggregate.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { readPage } from '../../listing/readPage.ts';
import { archiveOfHead } from '../../transfers/tiering/archiveState.ts';
import { selectObjects, type Reader } from '../../transfers/tiering/select.ts';
import type { Subscribable } from '../../transport/eventStream.ts';
import { s3Uri } from '../s3/keys.ts';
import { Groups } from './groups.ts';
import { extensionOf, partBelow } from './names.ts';
import { countNoncurrent } from './noncurrent.ts';

export interface ScanInput {
  connectionId: string;
  bucket: string;
  keys: string[];
  prefixes: string[];
  mask?: Mask | undefined;
  noncurrent: boolean;
}

const SHOWN_PREFIXES = 40;
const SHOWN_EXTENSIONS = 20;
const SHOWN_ARCHIVED = 100;

/** Reads a selection object by object and sums it up; ends with the signal. What has been summed is there at any time. */
export class Scan implements Subscribable<ScanState> {
  private readonly listeners = new Set<(state: ScanState) => void>();
  private readonly cells = new Cells();
  private readonly prefixes = new Groups();
  private readonly extensions = new Groups();
  private readonly archived: string[] = [];
  private readonly sums = { listed: 0, objects: 0, bytes: 0 };
  private noncurrent: ScanState['noncurrent'] = null;
  private state: ScanState['state'] = 'scanning';
  private error: ScanState['error'];

  constructor(
    private readonly aws: AwsConnections,
    private readonly input: ScanInput,
    private readonly signal: AbortSignal,
  ) {}

  current(): ScanState {
    const { state, sums, noncurrent, archived: archivedKeys, error } = this;
    return { state, ...sums, cells: this.cells.list(), prefixes: this.prefixes.top(SHOWN_PREFIXES), extensions: this.extensions.top(SHOWN_EXTENSIONS), noncurrent, archivedKeys: [...archivedKeys], error };
  }

  onChange(listener: (state: ScanState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async run(): Promise<void> {
    try {
      let told = 0;
      for await (const { listed, objects } of selectObjects(this.reader(), this.input)) {
        if (this.signal.aborted) return;
        this.sums.listed += listed;
        for (const object of objects) this.add(object);
        if (Date.now() - told < 100) continue;
        told = Date.now();
        this.tell();
      }
      if (this.input.noncurrent) this.noncurrent = await countNoncurrent(this.aws, this.input, this.signal);
      this.state = 'complete';
    } catch (error) {
      if (this.signal.aborted) return;
      this.state = 'failed';
      this.error = error instanceof AppError ? error.toData() : { code: 'Internal', message: (error as Error).message, retryable: false };
    }
    this.tell();
  }

  private add(object: { key: string; size: number; modified: number; storageClass: string; archive: ScanState['cells'][number]['archive'] }): void {
    const { key, size, storageClass, archive } = object;
    const below = this.input.prefixes.find((prefix) => key.startsWith(prefix)) ?? '';
    // An empty object that stands for a folder is no data.
    if (size === 0 && key.endsWith('/')) return;
    this.sums.objects += 1;
    this.sums.bytes += size;
    this.cells.add(object);
    this.prefixes.add(partBelow(key, below), size, storageClass);
    this.extensions.add(extensionOf(key), size, storageClass);
    if ((archive === 'archived' || archive === 'restoring') && this.archived.length < SHOWN_ARCHIVED) this.archived.push(key);
  }

  private reader(): Reader {
    const { connectionId, bucket } = this.input;
    return {
      signal: this.signal,
      page: (ask, signal = this.signal) =>
        this.aws.attempt({ connectionId, action: 's3:ListBucket', resource: s3Uri(bucket, ask.prefix) }, ({ s3 }) => readPage(s3, { bucket, restores: true, ...ask }, signal)),
      head: (key) =>
        this.aws.attempt({ connectionId, action: 's3:GetObject', resource: s3Uri(bucket, key) }, async ({ s3 }) =>
          archiveOfHead(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: this.signal })).state,
        ),
    };
  }

  private tell(): void {
    const now = this.current();
    for (const listener of this.listeners) listener(now);
  }
}
