import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { besideEachOther, flat } from '../copy/besideEachOther.ts';
import { Claims } from '../download/claims.ts';
import { nameRulesOf } from '../download/folder.ts';
import { keyOfPath, pathOfKey, type NameRules } from '../download/names.ts';
import { comparer } from './compare.ts';
import { filterOf, isUnreadFolder } from './filter.ts';
import { directionOf, fileOf, nameOf } from './places.ts';
import type { PlanRows } from './planRows.ts';
import { RowMaker, type Both } from './rowMaker.ts';
import { filesOfFolder, objectsOf } from './sides.ts';
import type { BucketPlace, Entry, FolderPlace, PlanRecord, Row } from './types.ts';
import { Warnings } from './warnings.ts';

// What is under way when memory is tidied outlives it: fewer rows at a time keep less.
const BATCH = 96;
const AT_A_TIME = 16;

interface Options {
  aws: AwsConnections;
  rows: PlanRows;
  record: PlanRecord;
  signal: AbortSignal;
  changed(): void;
}

/**
 * Makes a plan: both sides in the order of their keys beside each other, a row for every file of either. Neither side is
 * held in memory: the folder goes through the plan's own store, which sorts it, objects come in order.
 *
 * BadInput where the source is empty: a sync from nothing would only delete.
 */
export async function makePlan(options: Options): Promise<void> {
  const { record, rows, signal } = options;
  const planner = new Planner(options);
  await planner.readFolder();
  if (signal.aborted) return;
  let batch: Both[] = [];
  for await (const both of planner.sides()) {
    if (signal.aborted) return;
    batch.push(both);
    if (batch.length < BATCH) continue;
    await planner.addRows(batch);
    batch = [];
  }
  await planner.addRows(batch);
  if (signal.aborted) return;
  if (record.listed.from === 0) {
    throw new AppError('BadInput', `There is nothing in ${nameOf(record.from)}.`, { detail: 'A sync from an empty place is refused: all it could do is delete. Nothing was changed.', resource: nameOf(record.from) });
  }
  await rows.tidy();
}

class Planner {
  private readonly direction;
  private readonly filter;
  private readonly warnings: Warnings;
  private readonly rowMaker: RowMaker;
  private rules: NameRules | undefined;
  private claims: Claims | undefined;
  private n = 0;

  constructor(private readonly options: Options) {
    const { record, aws, signal } = options;
    this.direction = directionOf(record);
    this.filter = filterOf(record.options);
    this.warnings = new Warnings(record);
    this.rowMaker = new RowMaker(record.to, comparer(aws, record, signal), this.warnings);
  }

  /** The side that is a folder, sorted on its way into the plan's store. A target's names are taken. */
  async readFolder(): Promise<void> {
    const { rows, record, signal, changed } = this.options;
    if (this.direction === 'copy') return;
    const written = this.direction === 'download';
    const place = (written ? record.to : record.from) as FolderPlace;
    if (written) {
      this.rules = await nameRulesOf(place.path);
      this.claims = new Claims({ journal: rows, record: { id: '' } }, this.rules);
    }
    const { folders, hidden } = record.options;
    for await (const files of filesOfFolder(place, { written, folders, hidden, signal })) {
      record.listed[written ? 'to' : 'from'] += files.filter(isFile).length;
      for (const file of files) if (!isUnreadFolder(file)) await this.claims?.claim(file.path!.replace(/\/$/, ''), file.key, file.folder ? 'folder' : 'file');
      await this.claims?.flush();
      // Two names may stand for one key in a folder that is written to only.
      const twice = await rows.addLocal(this.filter(files), written);
      await rows.addRows(twice.map((file) => this.count({ kind: 'problem', key: file.key, [written ? 'to' : 'from']: file, problem: writtenTwice(fileOf(place, file.path!), file.key) })));
      changed();
    }
  }

  /** Both sides beside each other. */
  async *sides(): AsyncGenerator<Both> {
    const { rows, record } = this.options;
    const from = this.direction === 'upload' ? rows.local() : this.objects(record.from as BucketPlace, 'from');
    const to = this.direction === 'download' ? rows.local() : this.objects(record.to as BucketPlace, 'to');
    yield* besideEachOther(from, ({ key }) => key, to, ({ key }) => key);
  }

  private objects(place: BucketPlace, side: 'from' | 'to'): AsyncGenerator<Entry> {
    const { aws, signal, record, changed } = this.options;
    const { filter } = this;
    const pages = objectsOf(aws, place, { markers: !record.options.folders ? 'none' : this.direction === 'copy' ? 'objects' : 'folders', signal });
    return flat(
      (async function* () {
        for await (const page of pages) {
          record.listed[side] += page.filter(isFile).length;
          changed();
          yield filter(page);
        }
      })(),
    );
  }

  async addRows(batch: Both[]): Promise<void> {
    const { rows, changed } = this.options;
    for (const { one } of batch) this.rowMaker.note(one);
    const found: (Omit<Row, 'n'> | undefined)[] = [];
    let next = 0;
    const work = async () => {
      for (let at = next++; at < batch.length; at = next++) found[at] = await this.rowMaker.make(batch[at]!);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    const made: Row[] = [];
    for (const row of found) if (row) made.push(this.count(await this.placed(row)));
    await this.claims?.flush();
    await rows.addRows(made);
    changed();
  }

  /** To a folder: with the name the file has or gets there. */
  private async placed(row: Omit<Row, 'n'>): Promise<Omit<Row, 'n'>> {
    if (!this.claims || row.kind === 'problem') return row;
    if (row.to) return { ...row, path: row.to.path! };
    try {
      const isFolder = row.from?.folder === true;
      const key = isFolder ? row.key.replace(/\/+$/, '') : row.key;
      const wanted = pathOfKey(key, this.rules!);
      const path = await this.claims.claim(wanted, row.key, isFolder ? 'folder' : 'file');
      if (isFolder && path !== undefined) return { ...row, path: `${path}/` };
      if (path === undefined || keyOfPath(path) !== row.key) throw new AppError('Internal', `There is no name for ${row.key} in the folder.`);
      if (path !== row.key) this.warnings.add('renamed', row.key);
      return { ...row, path };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...row, kind: 'problem', problem: error.toData() };
    }
  }

  private count(row: Omit<Row, 'n'>): Row {
    const { record } = this.options;
    const sum = record.sums[row.kind];
    sum.files += 1;
    sum.bytes += (row.from ?? row.to)?.size ?? 0;
    if (row.to && isFile(row.to)) record.targetFiles += 1;
    return { ...row, n: this.n++ };
  }
}

const isFile = ({ folder }: Entry): boolean => !folder;

const writtenTwice = (at: string, key: string) =>
  new AppError('Conflict', `${at} stands for the key ${key}, as another file of the folder does.`, { detail: 'It is left alone. Rename one of the two.', resource: at }).toData();
