import type { Job } from '../job.ts';
import { identityOf, setApart, type NameRules } from './names.ts';

/** Where claims are kept: the journal of a transfer, the rows of a plan. */
export interface ClaimStore {
  claim(id: string, name: string): Promise<string | undefined>;
  claimKey(id: string, name: string): string;
  /** Whether anything is claimed. Where it cannot tell, every claim is looked up. */
  isClaimed?(id: string): Promise<boolean>;
  write(operations: { type: 'put'; key: string; value: unknown }[]): Promise<void>;
}

/** Claims that are also held in memory, so that a plan from the start need not look up what nobody can have claimed. */
const REMEMBERED = 50_000;

/**
 * Gives every object a local path of its own: where two keys would become one file (`A` and `a`, NFC and NFD, `a` and
 * `a/b`), the later one's name is written differently (still reversibly). Claims are kept in the journal, not in memory.
 */
export class Claims {
  private readonly fresh = new Map<string, string>();
  /** Every claim there is; `undefined`: they are too many, or some are from before. */
  private all: Map<string, string> | undefined;
  private begun = false;

  constructor(
    private readonly job: { journal: ClaimStore; record: Pick<Job['record'], 'id'> },
    private readonly rules: NameRules,
  ) {}

  /** The path to use, or `undefined` where this very key already has it. `what` says what stands at the path. */
  async claim(relativePath: string, key: string, what: 'file' | 'folder' = 'file'): Promise<string | undefined> {
    const segments = relativePath.split('/');
    let folder = '';
    for (let at = 0; at < segments.length; at += 1) {
      const isLast = at === segments.length - 1;
      const isFile = isLast && what === 'file';
      for (let name: string | undefined = segments[at]!; ; name = setApart(name)) {
        if (name === undefined) return undefined;
        const wanted = folder + name;
        const owner = await this.owner(wanted);
        // Folders are owned by their exact spelling, files by their key.
        const mine = isFile ? `file ${key}` : `folder ${wanted}`;
        if (owner === mine && isFile) return undefined;
        if (owner !== undefined && owner !== mine) continue;
        if (owner === undefined) this.take(identityOf(wanted, this.rules), mine);
        folder = isLast ? wanted : `${wanted}/`;
        break;
      }
    }
    return folder;
  }

  /** Writes new claims down. */
  async flush(): Promise<void> {
    const { journal, record } = this.job;
    await journal.write([...this.fresh].map(([name, owner]) => ({ type: 'put', key: journal.claimKey(record.id, name), value: owner })));
    this.fresh.clear();
  }

  get size(): number {
    return this.fresh.size;
  }

  private take(name: string, owner: string): void {
    this.fresh.set(name, owner);
    this.all?.set(name, owner);
    if (this.all && this.all.size > REMEMBERED) this.all = undefined;
  }

  private async owner(path: string): Promise<string | undefined> {
    const { journal, record } = this.job;
    const name = identityOf(path, this.rules);
    if (!this.begun) {
      this.begun = true;
      if ((await journal.isClaimed?.(record.id)) === false) this.all = new Map();
    }
    if (this.all) return this.all.get(name);
    return this.fresh.get(name) ?? (await journal.claim(record.id, name));
  }
}
