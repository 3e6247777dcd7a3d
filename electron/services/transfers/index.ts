import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { transfers } from '../../../shared/contract/transfers.ts';
import { OK } from '../../../shared/contract/common.ts';
import { AppError } from '../../../shared/errors.ts';
import { isSameStore } from '../../aws/sameStore.ts';
import type { BackendContext } from '../../context.ts';
import { adoptFiles, BrowserUploads } from '../../transfers/browser/browserUpload.ts';
import { waitingConflicts } from '../../transfers/conflicts.ts';
import { copy, move } from '../../transfers/copy/copy.ts';
import { copyItems } from '../../transfers/copy/request.ts';
import { deletion } from '../../transfers/delete.ts';
import { edition } from '../../transfers/edit/edit.ts';
import { download } from '../../transfers/download/download.ts';
import { s3Uri } from '../s3/keys.ts';
import { emptying } from '../../transfers/empty/empty.ts';
import { filesOf } from '../../transfers/fileView.ts';
import { searchHistory } from '../../transfers/history.ts';
import { TransferQueue } from '../../transfers/queue.ts';
import { ENDED, type PlanItem, type TransferRecord } from '../../transfers/records.ts';
import type { SyncPlans } from '../../transfers/sync/plans.ts';
import { syncing } from '../../transfers/sync/sync.ts';
import { restoration } from '../../transfers/tiering/restore.ts';
import { classChange } from '../../transfers/tiering/storageClass.ts';
import { defaultTuning, type Tuning } from '../../transfers/tuning.ts';
import { undoing } from '../../transfers/undo/undo.ts';
import { upload } from '../../transfers/upload/upload.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ClosableService } from '../handlers.ts';
import { assertChange, changedNames } from './change.ts';
import { bandwidthSettings } from './limits.ts';
import { openForBrowser } from './browserDownload.ts';
import { syncRecord } from './startSync.ts';

const WANTED_PATIENCE = 20_000;

/**
 * The transfers of the contract over the durable queue. What had not ended when the backend last did goes on at once.
 * `tuning` is for tests.
 */
export function transfersHandlers(context: BackendContext, plans: SyncPlans, tuning: Partial<Tuning> = {}): ClosableService<typeof transfers> {
  const settings = { ...defaultTuning, ...tuning };
  const pages = new BrowserUploads(context.tickets, settings.pageSilence);
  const queue = new TransferQueue(context, { upload, download, copy, move, sync: syncing(plans), delete: deletion, empty: emptying, storageClass: classChange, restore: restoration(context.store), edit: edition, undo: undoing, browserUpload: pages.kind(settings.pageSlices) }, settings);
  queue.feed.onChange((changed) => changed.filter(({ state }) => ENDED.includes(state)).forEach(({ id }) => pages.end(id)));
  const settingsOf = bandwidthSettings(context.store, queue.bandwidth);
  const opened = settingsOf.limits().then(() => queue.open()); // nothing moves before the limits are known
  opened.catch(() => undefined); // every call waits for it and says so

  const start = async (record: Omit<TransferRecord, 'id' | 'order' | 'state' | 'createdAt' | keyof typeof zero> & Partial<typeof zero>, items: PlanItem[]) =>
    queue.add({ ...zero, ...record, id: randomUUID(), state: 'queued', createdAt: new Date().toISOString() }, items);

  return {
    handlers: {
      list: async () => {
        await opened;
        return queue.list();
      },
      async watch({ signal }) {
        await opened;
        return eventStream(queue.feed, { signal, merge: (waiting, newer) => [...new Map([...waiting, ...newer].map((transfer) => [transfer.id, transfer])).values()] });
      },
      async upload({ input: { connectionId, bucket, prefix, grants, policy, propose } }) {
        await opened;
        const paths = grants.map((grant) => context.grants.resolve(grant, 'read'));
        const target = s3Uri(bucket, prefix);
        context.aws.assertWritable(connectionId, `upload to ${target}`);
        return start({ connectionId, kind: 'upload', bucket, prefix, policy, ...(propose && PROPOSED), source: summary(paths.map(shortPath)), target }, paths.map((at) => ({ path: at })));
      },
      async browserUpload({ input: { connectionId, bucket, prefix, files, folders, policy, propose, again } }) {
        await opened;
        const target = s3Uri(bucket, prefix);
        context.aws.assertWritable(connectionId, `upload to ${target}`);
        const waits = (r: TransferRecord) => r.kind === 'browserUpload' && r.state === 'needsFile' && r.connectionId === connectionId && r.bucket === bucket && r.prefix === prefix;
        const waiting = again === undefined ? queue.find(waits) : queue.get(again);
        const mismatch = waiting && (waits(waiting) ? await adoptFiles(queue.journal, waiting, files) : 'It does not wait for files.');
        if (waiting && mismatch === undefined) return queue.resume(waiting.id);
        if (again !== undefined) throw new AppError('Conflict', `The upload to ${target} cannot go on with these files.`, { detail: `${mismatch} Choose the same files again, or cancel it and start anew.` });
        const items: PlanItem[] = [...files.map((browserFile) => ({ browserFile })), ...folders.map((browserFolder) => ({ browserFolder }))];
        if (items.length === 0) throw new AppError('BadInput', 'No file was chosen to upload.');
        const source = summary([...new Set([...files.map((file) => file.relativePath), ...folders].map((name) => name.split('/')[0]!))]);
        return start({ connectionId, kind: 'browserUpload', bucket, prefix, policy, ...(propose && PROPOSED), source, target }, items);
      },
      async wanted({ input: { id, max }, signal }) {
        await opened;
        const record = queue.get(id);
        if (ENDED.includes(record.state)) return null;
        const slices = await pages.slices(id).next(max, WANTED_PATIENCE, signal);
        return slices.length === 0 && ENDED.includes(record.state) ? null : slices;
      },
      async download({ input: { connectionId, bucket, basePrefix, keys, prefixes, grant, policy, propose } }) {
        await opened;
        const folder = context.grants.resolve(grant, 'folder');
        const items: PlanItem[] = [...keys.map((key) => ({ key })), ...prefixes.map((prefix) => ({ prefix }))];
        if (items.length === 0) throw new AppError('BadInput', 'No object was chosen to download.');
        const source = summary([...keys, ...prefixes].map((key) => s3Uri(bucket, key)));
        return start({ connectionId, kind: 'download', bucket, prefix: basePrefix, policy, ...(propose && PROPOSED), folder, source, target: shortPath(folder) }, items);
      },
      browserDownload: ({ input }) => openForBrowser(context, input),
      async delete({ input: { connectionId, bucket, keys, prefixes } }) {
        await opened;
        const items: PlanItem[] = [...keys.map((key) => ({ key })), ...prefixes.map((prefix) => ({ prefix }))];
        if (items.length === 0) throw new AppError('BadInput', 'No object was chosen to delete.');
        const source = summary([...keys, ...prefixes].map((key) => s3Uri(bucket, key)));
        context.aws.assertWritable(connectionId, `delete ${source}`);
        // Keys named are counted now; what is below prefixes as it is listed.
        return start({ connectionId, kind: 'delete', bucket, prefix: '', source, target: s3Uri(bucket), planned: true, filesTotal: keys.length }, items);
      },
      async emptyBucket({ input: { connectionId, bucket, confirm } }) {
        await opened;
        const source = s3Uri(bucket);
        context.aws.assertWritable(connectionId, `empty bucket ${bucket}`);
        if (confirm !== bucket) throw new AppError('BadInput', `${source} was not emptied: “${confirm}” is not its name.`, { detail: 'Type the name of the bucket as it is.' });
        const writes = queue.find((r) => r.connectionId === connectionId && r.bucket === bucket && r.kind !== 'download' && !ENDED.includes(r.state));
        if (writes) throw new AppError('Conflict', `A transfer to ${source} has not ended: ${writes.source}.`, { detail: 'Nothing was deleted. Wait for it, or cancel it, then empty the bucket.', resource: source });
        return start({ connectionId, kind: 'empty', bucket, prefix: '', source, target: source }, []);
      },
      async changeStorageClass({ input: { connectionId, bucket, keys, prefixes, mask, storageClass } }) {
        await opened;
        const { items, source } = chosen(bucket, keys, prefixes, 'to give another storage class');
        context.aws.assertWritable(connectionId, `change the storage class of ${source}`);
        return start({ connectionId, kind: 'storageClass', bucket, prefix: '', mask, storageClass, source, target: storageClass }, items);
      },
      async restore({ input: { connectionId, bucket, keys, prefixes, mask, days, tier } }) {
        await opened;
        const { items, source } = chosen(bucket, keys, prefixes, 'to restore');
        context.aws.assertWritable(connectionId, `restore ${source}`);
        return start({ connectionId, kind: 'restore', bucket, prefix: '', mask, restore: { days, tier }, named: prefixes.length === 0, source, target: `${tier}, ${days} d` }, items);
      },
      async edit({ input: { connectionId, bucket, objects, change } }) {
        await opened;
        const source = summary(objects.map(({ key }) => s3Uri(bucket, key)));
        assertChange(change, source);
        context.aws.assertWritable(connectionId, `change ${source}`);
        return start({ connectionId, kind: 'edit', bucket, prefix: '', change, source, target: changedNames(change).join(', ') }, objects);
      },
      async undo({ input: { id } }) {
        await opened;
        const record = queue.get(id);
        const { connectionId, bucket, kind, source, undone, state } = record;
        const count = (record.undoable ?? 0) + (record.replaced ?? 0);
        const target = UNDONE_BY_TARGET.includes(kind) ? record.target : source;
        context.aws.assertWritable(connectionId, `undo what was done to ${target}`);
        if (!ENDED.includes(state)) throw new AppError('Conflict', `What is done to ${target} has not ended.`, { detail: 'Wait for it, or cancel it, then undo.' });
        if (undone) throw new AppError('Conflict', `What was done to ${target} is taken back already.`);
        if (count === 0) throw new AppError('BadInput', `What was done to ${target} cannot be taken back: no object was deleted or replaced there of which a version is kept.`);
        await queue.setUndone(id);
        const from = kind === 'move' && record.fromConnectionId ? { fromConnectionId: record.fromConnectionId, fromBucket: record.fromBucket! } : {};
        return start({ connectionId, ...from, kind: 'undo', bucket, prefix: '', undoOf: id, source: target, target: s3Uri(bucket), filesTotal: count }, []);
      },
      async copy({ input }) {
        await opened;
        const { connectionId, bucket, toConnectionId = connectionId, toBucket, keys, prefixes, policy } = input;
        const sameStore = isSameStore(context.aws.get(connectionId), context.aws.get(toConnectionId));
        const { items, target } = copyItems({ ...input, sameStore });
        const source = summary([...keys, ...prefixes].map((key) => s3Uri(bucket, key)));
        context.aws.assertWritable(toConnectionId, input.move ? `move ${source} to ${target}` : `copy to ${target}`);
        if (input.move) context.aws.assertWritable(connectionId, `move ${source} to ${target}`);
        const across = toConnectionId !== connectionId && { fromConnectionId: connectionId };
        return start({ connectionId: toConnectionId, ...across, kind: input.move ? 'move' : 'copy', bucket: toBucket, fromBucket: bucket, prefix: '', policy, source, target }, items);
      },
      async sync({ input }) {
        await opened;
        return plans.begin(input.planId, (plan) => start(syncRecord(context.aws, plan, input), []));
      },
      async restoreVersion({ input: { connectionId, bucket, key, versionId } }) {
        await opened;
        const target = s3Uri(bucket, key);
        context.aws.assertWritable(connectionId, `restore a version of ${target}`);
        return start({ connectionId, kind: 'copy', bucket, fromBucket: bucket, prefix: '', policy: 'overwrite', source: `${target} (version ${versionId})`, target }, [{ key, to: key, versionId }]);
      },
      rollBack: async ({ input }) => (await opened, queue.rollBack(input.id)),
      async conflicts({ input: { id, after, max } }) {
        await opened;
        queue.get(id);
        return waitingConflicts(queue.journal, id, after, max);
      },
      answer: async ({ input: { id, ...answer } }) => (await opened, queue.answer(id, answer)),
      async cancel({ input: { id } }) {
        await opened;
        const shown = await queue.cancel(id);
        if (shown.state === 'cancelled') pages.end(id); // a proposal that is forgotten is told to nobody
        return shown;
      },
      retry: async ({ input }) => (await opened, queue.retry(input.id)),
      pause: async ({ input }) => (await opened, queue.pause(input.id)),
      resume: async ({ input }) => (await opened, queue.resume(input.id)),
      tryNow: async ({ input }) => (await opened, queue.tryNow(input.id)),
      async reorder({ input: { id, before } }) {
        await opened;
        await queue.reorder(id, before);
        return OK;
      },
      limits: () => settingsOf.limits(),
      changeLimits: ({ input }) => settingsOf.changeLimits(input),
      async files({ input }) {
        await opened;
        queue.get(input.id);
        return filesOf(queue.journal, input, queue.activeFiles(input.id));
      },
      async history({ input }) {
        await opened;
        const { found, next } = await searchHistory(queue.journal, queue.all(), input);
        return { transfers: found.map(({ id }) => queue.show(id)!), next };
      },
      async clearHistory() {
        await opened;
        await queue.clearHistory();
        return OK;
      },
      async clear() {
        await opened;
        await queue.clear();
        return OK;
      },
    },
    close: () => queue.close(),
  };
}

/** Kinds that write to what they call their target; others name what they change their source. */
const UNDONE_BY_TARGET: TransferRecord['kind'][] = ['upload', 'browserUpload', 'copy', 'move', 'sync'];
const PROPOSED = { proposed: true };
const zero = { filesTotal: 0, filesDone: 0, filesFailed: 0, bytesTotal: 0, bytesDone: 0, planned: false };

/** `~` for the home folder. */
function shortPath(at: string): string {
  const home = os.homedir();
  return at === home || at.startsWith(home + path.sep) ? `~${at.slice(home.length)}` : at;
}

/** What was chosen as a plan and in words. BadInput where it is nothing. */
function chosen(bucket: string, keys: string[], prefixes: string[], why: string): { items: PlanItem[]; source: string } {
  const items: PlanItem[] = [...keys.map((key) => ({ key })), ...prefixes.map((prefix) => ({ prefix }))];
  if (items.length === 0) throw new AppError('BadInput', `No object was chosen ${why}.`);
  return { items, source: summary([...keys, ...prefixes].map((key) => s3Uri(bucket, key))) };
}

/** The first name, and how many more. */
const summary = (names: string[]): string => (names.length <= 1 ? (names[0] ?? '') : `${names[0]} (+${names.length - 1})`);
