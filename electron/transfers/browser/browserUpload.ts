import type { Tickets } from '../../context.ts';
import { compareKeys } from '../../listing/keyOrder.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Journal } from '../journal.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import { Semaphore } from '../limiter.ts';
import type { BrowserFile, FileRecord, TransferRecord } from '../records.ts';
import { isHiddenBelow } from '../upload/hidden.ts';
import { abandon } from '../upload/multipart.ts';
import { SMALLEST_PART } from '../upload/partSize.ts';
import { UploadPlan } from '../upload/plan.ts';
import { tooLong } from '../upload/scan.ts';
import type { Source } from '../upload/source.ts';
import { isFolder, NOTHING, sendPlanned } from '../upload/upload.ts';
import { PageSlices } from './slices.ts';

/** Uploads whose bytes a browser page has, and the pages they are asked from. */
export class BrowserUploads {
  private readonly pages = new Map<string, PageSlices>();

  constructor(
    private readonly tickets: Pick<Tickets, 'upload'>,
    private readonly silence: number,
  ) {}

  /** Where the bytes of a transfer are asked for. */
  slices(id: string): PageSlices {
    let slices = this.pages.get(id);
    if (!slices) this.pages.set(id, (slices = new PageSlices(this.tickets, this.silence)));
    return slices;
  }

  /** The transfer ended: its page need not wait any longer. */
  end(id: string): void {
    this.pages.get(id)?.release();
    this.pages.delete(id);
  }

  kind(pageSlices: number): TransferKind {
    // The page's slices have a budget of their own: a silent page does not hold up uploads from disk.
    const memory = new Semaphore(pageSlices * SMALLEST_PART);
    return fileTransfer({
      plan: async (job, planner) => {
        const plan = new UploadPlan(job, planner);
        let pageIndex = 0;
        for await (const { items } of job.journal.plan(job.record.id)) {
          const found = items.flatMap((item) => ('browserFile' in item ? [{ ...item.browserFile, pageIndex: pageIndex++ }] : 'browserFolder' in item ? [{ relativePath: item.browserFolder }] : []));
          for (const file of found.sort((a, b) => compareKeys(a.relativePath, b.relativePath))) await plan.add(recordOf(job.record.prefix, file));
          if (job.signal.aborted) return;
        }
        plan.assertSomething();
      },
      doFile: async (job, index, file) => {
        job.aws.assertWritable(job.record.connectionId, `upload ${s3Uri(job.record.bucket, file.key)}`);
        if (isFolder(file)) return sendPlanned(job, index, file, NOTHING);
        const slices = this.slices(job.record.id);
        const source: Source = {
          size: file.size,
          mtimeMs: file.mtimeMs!,
          read: (offset, length) => slices.ask(file.pageIndex!, offset, length, job.signal),
          assertUnchanged: async () => undefined, // a browser's File refuses to be read once it changed
          close: async () => undefined,
        };
        await sendPlanned({ ...job, memory }, index, file, source);
      },
      undoFile: abandon,
    });
  }
}

function recordOf(prefix: string, { relativePath, size = 0, lastModified, pageIndex }: { relativePath: string; size?: number; lastModified?: number; pageIndex?: number }): FileRecord {
  const key = prefix + relativePath;
  const file: FileRecord = { state: 'pending', key, size, ...(lastModified !== undefined && { mtimeMs: lastModified, pageIndex: pageIndex! }), ...(isHiddenBelow(relativePath.replace(/\/$/, '')) && { hidden: true }) };
  return Buffer.byteLength(key) > 1024 ? { ...file, state: 'failed', error: tooLong(key.slice(0, 100)).toData() } : file;
}

/**
 * Takes a new choice of files for those a transfer waits for: they get the indexes the page knows them by now, and it can
 * go on. Else answers with what it waits for instead, in words.
 */
export async function adoptFiles(journal: Journal, record: TransferRecord, files: BrowserFile[]): Promise<string | undefined> {
  const chosen = new Map(files.map((file, at) => [record.prefix + file.relativePath, { at, ...file }]));
  const operations = [];
  let waited = 0;
  for await (const { index, file } of journal.files(record.id)) {
    if (file.pageIndex === undefined) continue; // a folder
    waited += 1;
    const match = chosen.get(file.key);
    const name = file.key.slice(record.prefix.length);
    if (!match) return `“${name}” is not among the chosen files.`;
    if (match.size !== file.size) return `“${name}” had ${file.size} bytes when its upload began; the chosen file has ${match.size}.`;
    if (match.lastModified !== file.mtimeMs) return `“${name}” was changed after its upload began.`;
    operations.push({ type: 'put' as const, key: journal.fileKey(record.id, index), value: { ...file, pageIndex: match.at } });
  }
  if (!record.planned || waited !== files.length) return `The upload is of ${waited} files; ${files.length} were chosen.`;
  await journal.write(operations);
  return undefined;
}
