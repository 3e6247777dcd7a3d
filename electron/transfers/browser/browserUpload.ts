import type { Tickets } from '../../context.ts';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Journal } from '../journal.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import { Semaphore } from '../limiter.ts';
import type { BrowserFile, TransferRecord } from '../records.ts';
import { abandon } from '../upload/multipart.ts';
import { SMALLEST_PART } from '../upload/partSize.ts';
import type { Source } from '../upload/source.ts';
import { send } from '../upload/upload.ts';
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
        let pageIndex = 0;
        for await (const { items } of job.journal.plan(job.record.id)) {
          for (const item of items) {
            if (!('browserFile' in item)) continue;
            const { relativePath, size, lastModified } = item.browserFile;
            const key = job.record.prefix + relativePath;
            const tooLong = Buffer.byteLength(key) > 1024;
            const error = tooLong ? new AppError('BadInput', `The key ${key.slice(0, 100)}… would be longer than 1024 bytes.`).toData() : undefined;
            await planner.add({ state: tooLong ? 'failed' : 'pending', key, size, mtimeMs: lastModified, pageIndex, error });
            pageIndex += 1;
          }
        }
      },
      doFile: async (job, index, file) => {
        job.aws.assertWritable(job.record.connectionId, `upload ${s3Uri(job.record.bucket, file.key)}`);
        const slices = this.slices(job.record.id);
        const source: Source = {
          size: file.size,
          mtimeMs: file.mtimeMs!,
          read: (offset, length) => slices.ask(file.pageIndex!, offset, length, job.signal),
          assertUnchanged: async () => undefined, // a browser's File refuses to be read once it changed
          close: async () => undefined,
        };
        await send({ ...job, memory }, index, file, source);
      },
      undoFile: abandon,
    });
  }
}

/**
 * Takes a new choice of files for those a transfer waits for: they get the indexes the page knows them by now, and it can
 * go on. Else answers with what it waits for instead, in words.
 */
export async function adoptFiles(journal: Journal, record: TransferRecord, files: BrowserFile[]): Promise<string | undefined> {
  const chosen = new Map(files.map((file, at) => [record.prefix + file.relativePath, { at, ...file }]));
  const operations = [];
  for await (const { index, file } of journal.files(record.id)) {
    const match = chosen.get(file.key);
    const name = file.key.slice(record.prefix.length);
    if (!match) return `“${name}” is not among the chosen files.`;
    if (match.size !== file.size) return `“${name}” had ${file.size} bytes when its upload began; the chosen file has ${match.size}.`;
    if (match.lastModified !== file.mtimeMs) return `“${name}” was changed after its upload began.`;
    operations.push({ type: 'put' as const, key: journal.fileKey(record.id, index), value: { ...file, pageIndex: match.at } });
  }
  if (!record.planned || record.filesTotal !== files.length) return `The upload is of ${record.filesTotal} files; ${files.length} were chosen.`;
  await journal.write(operations);
  return undefined;
}
