import { randomUUID } from 'node:crypto';
import type { ObjectVersion } from '../../shared/contract/s3Versions.ts';
import type { Store } from '../storage/store.ts';
import { SMALLEST_PART } from './upload/partSize.ts';
import type { FileRecord, PartRecord, PlanItem, TransferRecord } from './records.ts';

type Operation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
const PLAN_CHUNK = 1000;
const PAGE = 500;

const number = (n: number) => String(n).padStart(9, '0');
/** All keys below `KIND/id/`: '0' is the character after '/'. */
const below = (path: string) => ({ gt: `${path}/`, lt: `${path}0` });

/**
 * What transfers did and are about to do, one small record a file and a part, so that a transfer of 100,000 files
 * never rewrites a large one. Writes that wait for the disk together share one sync.
 *
 * Keys: `t/ID` transfer, `i/ID/N` plan items in chunks of 1,000, `f/ID/N` file, `p/ID/N/PART` part, `c/ID/NAME` a local
 * name a download has given away, `m/ID/…` delete markers a delete left, up to 1,000 each.
 */
export class Journal {
  private readonly records;
  private waiting: { operations: Operation[]; resolve(): void; reject(error: unknown): void }[] = [];
  private flushing: Promise<void> | undefined;

  constructor(store: Store) {
    this.records = store.collection<unknown>('transfers');
  }

  /** Durable when it resolves. */
  write(operations: Operation[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ operations, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  private async flush(): Promise<void> {
    await Promise.resolve(); // so that writes of one moment share a sync
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        await this.records.batch(group.flatMap((g) => g.operations));
        for (const g of group) g.resolve();
      } catch (error) {
        for (const g of group) g.reject(error);
      }
    }
    this.flushing = undefined; // in the same breath as the last look: a write that comes later starts anew
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  async transfers(): Promise<TransferRecord[]> {
    const found: TransferRecord[] = [];
    for await (const [, value] of this.records.entries(below('t'))) found.push(value as TransferRecord);
    return found;
  }

  saveTransfer = (record: TransferRecord) => this.write([{ type: 'put', key: `t/${record.id}`, value: record }]);

  /** A new transfer and its plan, in one piece. */
  async create(record: TransferRecord, items: PlanItem[]): Promise<void> {
    const operations: Operation[] = [{ type: 'put', key: `t/${record.id}`, value: record }];
    for (let at = 0; at < items.length; at += PLAN_CHUNK) {
      operations.push({ type: 'put', key: `i/${record.id}/${number(at / PLAN_CHUNK)}`, value: items.slice(at, at + PLAN_CHUNK) });
    }
    await this.write(operations);
  }

  /** The chunks of the plan that are left. */
  async *plan(id: string): AsyncGenerator<{ chunk: string; items: PlanItem[] }> {
    for await (const [key, value] of this.paged(`i/${id}`, 1)) yield { chunk: key, items: value as PlanItem[] };
  }

  /** Takes a finished chunk off the plan, together with what it led to. */
  finishChunk = (chunk: string, alongside: Operation[]) => this.write([{ type: 'del', key: chunk }, ...alongside]);

  fileKey = (id: string, file: number) => `f/${id}/${number(file)}`;
  putFile = (id: string, file: number, record: FileRecord) => this.write([{ type: 'put', key: this.fileKey(id, file), value: record }]);
  /** A file that is done needs its parts no more; a small one had none. */
  async finishFile(id: string, file: number, record: FileRecord): Promise<void> {
    const parts = record.size > SMALLEST_PART / 8 ? await this.deletions(`p/${id}/${number(file)}`) : [];
    await this.write([{ type: 'put', key: this.fileKey(id, file), value: record }, ...parts]);
  }
  async dropParts(id: string, file: number): Promise<void> {
    const operations = await this.deletions(`p/${id}/${number(file)}`);
    if (operations.length > 0) await this.write(operations);
  }

  /** By index, from the one behind `after` on. */
  async *files(id: string, after?: number): AsyncGenerator<{ index: number; file: FileRecord }> {
    for await (const [key, value] of this.paged(`f/${id}`, PAGE, after === undefined ? undefined : this.fileKey(id, after))) yield { index: Number(key.slice(key.lastIndexOf('/') + 1)), file: value as FileRecord };
  }

  putPart = (id: string, file: number, part: number, record: PartRecord) =>
    this.write([{ type: 'put', key: `p/${id}/${number(file)}/${number(part)}`, value: record }]);

  async parts(id: string, file: number): Promise<Map<number, PartRecord>> {
    const found = new Map<number, PartRecord>();
    for await (const [key, value] of this.records.entries(below(`p/${id}/${number(file)}`))) {
      found.set(Number(key.slice(key.lastIndexOf('/') + 1)), value as PartRecord);
    }
    return found;
  }

  /** What a delete can be taken back by. */
  putMarkers = (id: string, markers: ObjectVersion[]) => this.write([{ type: 'put', key: `m/${id}/${randomUUID()}`, value: markers }]);
  async *markers(id: string): AsyncGenerator<ObjectVersion[]> {
    for await (const [, value] of this.paged(`m/${id}`, 1)) yield value as ObjectVersion[];
  }

  claim = (id: string, name: string) => this.records.get(`c/${id}/${name}`) as Promise<string | undefined>;
  async isClaimed(id: string): Promise<boolean> {
    for await (const _ of this.records.entries({ ...below(`c/${id}`), limit: 1 })) return true;
    return false;
  }
  claimKey = (id: string, name: string) => `c/${id}/${name}`;

  /** Forgets files that were waiting: they are dealt with. */
  async dropPending(id: string): Promise<void> {
    const operations: Operation[] = [];
    for await (const { index, file } of this.files(id)) if (file.state === 'pending') operations.push({ type: 'del', key: this.fileKey(id, index) });
    await this.write(operations);
  }

  /** Forgets everything below the transfer but itself: it will be planned again. */
  async dropPlanned(id: string): Promise<void> {
    for (const kind of ['f', 'p', 'c']) await this.drop(`${kind}/${id}`);
  }

  async forget(id: string): Promise<void> {
    await this.dropPlanned(id);
    for (const kind of ['i', 'm']) await this.drop(`${kind}/${id}`);
    await this.write([{ type: 'del', key: `t/${id}` }]);
  }

  private async drop(path: string): Promise<void> {
    for (;;) {
      const operations = await this.deletions(path, 10_000);
      if (operations.length === 0) return;
      await this.write(operations);
    }
  }

  private async deletions(path: string, limit = Infinity): Promise<Operation[]> {
    const operations: Operation[] = [];
    for await (const [key] of this.records.entries({ ...below(path), ...(limit === Infinity ? {} : { limit }) })) operations.push({ type: 'del', key });
    return operations;
  }

  /** Entries by pages, so that no iterator stays open while files are worked on. */
  private async *paged(path: string, size: number, after?: string): AsyncGenerator<[string, unknown]> {
    let range = { ...below(path), ...(after === undefined ? {} : { gt: after }) };
    for (;;) {
      const page: [string, unknown][] = [];
      for await (const entry of this.records.entries({ ...range, limit: size })) page.push(entry);
      yield* page;
      if (page.length < size) return;
      range = { ...range, gt: page.at(-1)![0] };
    }
  }
}
