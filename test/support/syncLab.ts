import type { SyncKind, SyncOptions, SyncPlace, SyncPlan, SyncRow } from '../../shared/contract/sync.ts';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from './transfers.ts';

export interface SyncLab extends TransferLab {
  /** A folder of this machine as a place. */
  at(folder: string): Promise<SyncPlace>;
  plan(from: SyncPlace, to: SyncPlace, options?: Partial<SyncOptions>): Promise<SyncPlan>;
  rows(plan: SyncPlan, ...kinds: SyncKind[]): Promise<SyncRow[]>;
  /** Keys by kind, without the kinds nothing is of. */
  keysByKind(plan: SyncPlan): Promise<Partial<Record<SyncKind, string[]>>>;
  carryOut(plan: SyncPlan, more?: { deleteGone?: boolean; confirmDeletes?: number }): Promise<Transfer>;
}

export const below = (prefix: string, bucket = BUCKET): SyncPlace => ({ kind: 'bucket', connectionId: 'local', bucket, prefix });
export const KINDS = ['new', 'changed', 'gone', 'same', 'problem'] as const satisfies SyncKind[];

/** The transfers lab with plans of a sync. */
export async function startSyncLab(tuning: Parameters<typeof startTransferLab>[0] = {}): Promise<SyncLab> {
  const lab = await startTransferLab(tuning);
  const rows: SyncLab['rows'] = async ({ id }, ...kinds) => (await lab.sync.rows({ input: { id, kinds, max: 1000 } })).rows;
  return Object.assign(Object.create(lab, Object.getOwnPropertyDescriptors(lab)) as TransferLab, {
    async at(folder: string): Promise<SyncPlace> {
      const { grant } = await lab.backend.context.grants.grant(folder, 'folder');
      const { kind, folder: name } = await lab.sync.folder({ input: { grant } });
      return { kind, folder: name } as SyncPlace;
    },
    async plan(from: SyncPlace, to: SyncPlace, options: Partial<SyncOptions> = {}): Promise<SyncPlan> {
      const { id } = await lab.sync.plan({ input: { from, to, options: { compare: 'time', include: [], exclude: [], hidden: true, folders: true, ...options } } });
      let last: SyncPlan | undefined;
      for await (const plan of (await lab.sync.watch({ input: { id } })) as AsyncIterable<SyncPlan>) last = plan;
      return last!;
    },
    rows,
    async keysByKind(plan: SyncPlan) {
      const found: Partial<Record<SyncKind, string[]>> = {};
      for (const { kind, key } of await rows(plan, ...KINDS)) (found[kind] ??= []).push(key);
      return found;
    },
    async carryOut({ id: planId }: SyncPlan, { deleteGone = false, confirmDeletes }: { deleteGone?: boolean; confirmDeletes?: number } = {}) {
      const { id } = await lab.handlers.sync({ input: { planId, deleteGone, confirmDeletes } });
      return lab.until(id, ended);
    },
  });
}
