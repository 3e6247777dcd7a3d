import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { copyObject, undoCopy } from '../copy/object.ts';
import { assertRoom } from '../download/folder.ts';
import { discard } from '../download/object.ts';
import { recount, workThroughFiles } from '../files.ts';
import type { Job } from '../job.ts';
import { fileTransfer, ofFile, type TransferKind } from '../kind.ts';
import type { FileRecord, SyncAct } from '../records.ts';
import { abandon } from '../upload/multipart.ts';
import { directionOf, fileOf } from './places.ts';
import type { SyncPlans } from './plans.ts';
import { deleteFile, deleteObject } from './remove.ts';
import type { BucketPlace, Pair, Row } from './types.ts';
import { downloadAsPlanned, uploadAsPlanned } from './write.ts';

const steps: Record<SyncAct, (job: Job, index: number, file: FileRecord) => Promise<void>> = {
  upload: uploadAsPlanned,
  download: downloadAsPlanned,
  copy: copyObject,
  delete: deleteObject,
  deleteFile,
};

const isDelete = ({ act }: FileRecord): boolean => act === 'delete' || act === 'deleteFile';

/**
 * Carries a plan out: what is new and changed, and once all of that went well, the deletes. Every file is compared with
 * what the plan saw, on both sides; where it is not that any more it is left and reported.
 */
export function syncing(plans: SyncPlans): TransferKind {
  const files = fileTransfer({
    async plan(job, planner) {
      const { syncPlan = '', deleteGone, folder } = job.record;
      const pair = await plans.get(syncPlan);
      for (const kind of ['new', 'changed', ...(deleteGone ? (['gone'] as const) : [])] as const) {
        for await (const row of plans.wanted(syncPlan, kind)) {
          if (job.signal.aborted) return;
          await planner.add(fileOfRow(pair, row));
        }
      }
      if (folder !== undefined && pair.to.kind === 'folder') await assertRoom(folder, job.record.bytesTotal);
      if (job.record.filesTotal === 0) throw new AppError('BadInput', 'The plan has nothing to do.', { detail: 'Everything is the same, or was left out.' });
    },
    doFile: (job, index, file) => steps[file.act!](job, index, file),
    async undoFile(job, index, file) {
      if (file.act === 'upload') await abandon(job, index, file);
      if (file.act === 'download') await discard(job, index, file);
      if (file.act === 'copy') await undoCopy(job, index, file);
    },
  });
  return {
    ...files,
    async work(job) {
      const doFile = (index: number, file: FileRecord) => steps[file.act!](ofFile(job, index), index, file);
      await recount(job);
      await workThroughFiles(job, doFile, (file) => !isDelete(file));
      if (job.signal.aborted || job.record.filesFailed > 0) return;
      job.record.phase = 'deleting';
      job.changed();
      await workThroughFiles(job, doFile, isDelete);
      delete job.record.phase;
    },
  };
}

function fileOfRow(pair: Pick<Pair, 'from' | 'to'>, { kind, key, from, to, path: local }: Row): FileRecord {
  const direction = directionOf(pair);
  const keyAt = (side: Pair['from']) => (side as BucketPlace).prefix + key;
  const common = { state: 'pending' as const, guarded: true, size: kind === 'gone' ? 0 : from!.size };
  if (direction === 'download') {
    const there = to && { size: to.size, mtimeMs: to.modified };
    if (kind === 'gone') return { ...common, act: 'deleteFile', key: keyAt(pair.from), relativePath: local!, there: there! };
    return { ...common, act: 'download', key: keyAt(pair.from), etag: from!.etag!, relativePath: local!, setMtimeMs: from!.modified, ...(there && { there }) };
  }
  const conflict = to && { size: to.size, etag: to.etag!, modified: new Date(to.modified).toISOString() };
  const target = { ...common, key: keyAt(pair.to), ...(conflict && { conflict, choice: 'overwrite' as const }) };
  if (direction === 'copy') {
    if (kind === 'gone') return { ...target, act: 'delete', from: keyAt(pair.from) };
    return { ...target, act: 'copy', from: keyAt(pair.from), sourceEtag: from!.etag! };
  }
  const folder = pair.from as Pair['from'] & { kind: 'folder' };
  if (kind === 'gone') return { ...target, act: 'delete', path: fileOf(folder, key) };
  return { ...target, act: 'upload', path: path.resolve(from!.real ?? fileOf(folder, from!.path!)), mtimeMs: from!.modified };
}
