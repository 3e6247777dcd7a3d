import { AppError } from '../../../shared/errors.ts';
import { localError } from '../localError.ts';
import { archivedError } from '../tiering/archived.ts';
import type { Compare } from './compare.ts';
import { isUnreadFolder } from './filter.ts';
import type { Entry, Place, Row } from './types.ts';
import type { Warnings } from './warnings.ts';

const LONGEST_KEY = 1024;

/** A file of the source, and the one of the same name at the target, or the first one there behind it. */
export type Both = { one?: Entry; other?: Entry; next?: Entry };

/** What the plan says of one name. */
export class RowMaker {
  private readonly unread: string[] = [];

  constructor(
    private readonly to: Place,
    private readonly compare: Compare,
    private readonly warnings: Warnings,
  ) {}

  /** Told of every file of the source in order, before rows are made of it and of what comes after it. */
  note(from: Entry | undefined): void {
    if (from && isUnreadFolder(from)) this.unread.push(from.key);
  }

  /** undefined: not ours, and left alone. */
  async make({ one: from, other: to, next }: Both): Promise<Omit<Row, 'n'> | undefined> {
    if (!from) return this.ofTarget(to!);
    const { key } = from;
    const row = { key, from, ...(to && { to }) };
    const problem = from.problem ?? this.tooLong(key) ?? to?.problem;
    if (problem) return { ...row, kind: 'problem', problem };
    // A folder with something in it needs no making.
    if (from.folder) return { ...row, kind: to || (this.to.kind === 'folder' && next?.key.startsWith(key)) ? 'same' : 'new' };
    const verdict = to && (await this.verdict(from, to));
    if (verdict instanceof AppError) return { ...row, kind: 'problem', problem: verdict.toData() };
    if (verdict?.notCompared) this.warnings.add('notCompared', key);
    if (verdict?.same) return { ...row, kind: 'same' };
    const { archive = 'none', storageClass = '' } = from;
    if (archive === 'archived' || archive === 'restoring') {
      this.warnings.add('archived', key);
      return { ...row, kind: 'problem', problem: archivedError(key, storageClass, archive).toData() };
    }
    if (!verdict) return { ...row, kind: 'new' };
    if (to!.modified >= from.modified + 1000) this.warnings.add('targetNewer', key);
    return { ...row, kind: 'changed', why: verdict.why };
  }

  /** Only at the target: gone, unless it may well be where the source cannot be read. */
  private ofTarget(to: Entry): Omit<Row, 'n'> | undefined {
    const { key } = to;
    if (to.problem || to.folder) return undefined; // a link, an unreadable folder, an empty one
    if (!this.unread.some((folder) => key.startsWith(folder))) return { kind: 'gone', key, to };
    this.warnings.add('unreadable', key);
    return { kind: 'problem', key, to, problem: new AppError('AccessDenied', `Whether ${key} is gone cannot be told: its folder at the source cannot be read.`).toData() };
  }

  private tooLong(key: string) {
    if (this.to.kind !== 'bucket' || Buffer.byteLength(this.to.prefix + key) <= LONGEST_KEY) return undefined;
    return new AppError('BadInput', `The key of ${key.slice(0, 80)}… would be longer than ${LONGEST_KEY} bytes.`, { detail: 'Sync to a shorter prefix.' }).toData();
  }

  /** An AppError where the file of this machine cannot be read. */
  private async verdict(from: Entry, to: Entry) {
    try {
      return await this.compare(from, to);
    } catch (error) {
      if (error instanceof AppError || (error as NodeJS.ErrnoException).errno === undefined) throw error;
      return localError(error, from.path ?? to.path ?? from.key, 'read');
    }
  }
}
