import { AppError } from '../../../shared/errors.ts';
import { readPage } from '../../listing/readPage.ts';
import { planned } from '../conflicts.ts';
import type { FilePlanner } from '../files.ts';
import type { Job } from '../job.ts';
import { versioningOf } from '../overwrites.ts';
import type { FileRecord, There } from '../records.ts';
import { request } from '../requests.ts';
import { note } from '../survey.ts';
import { TargetListing } from './targetListing.ts';

/** Journals the files of an upload, with what is at their keys already, and notes what is worth knowing before it starts. */
export class UploadPlan {
  private target: Promise<TargetListing | undefined> | undefined;

  constructor(
    private readonly job: Job,
    private readonly planner: FilePlanner,
  ) {}

  /** Where everything is overwritten, and nobody looks before, what is there matters only if it can be brought back. */
  private async looked(): Promise<TargetListing | undefined> {
    const { proposed, policy } = this.job.record;
    return proposed || policy !== 'overwrite' || (await versioningOf(this.job)) !== 'off' ? targetOf(this.job) : undefined;
  }

  private async there(key: string): Promise<There | undefined> {
    return (await (this.target ??= this.looked()))?.there(key);
  }

  async add(file: FileRecord): Promise<void> {
    const { record } = this.job;
    if (file.state === 'skipped') note(record, { links: 1 });
    if (file.state !== 'pending') return this.planner.add(file);
    if (file.hidden) note(record, { hidden: 1, hiddenBytes: file.size });
    if (file.key.endsWith('/')) {
      // Hidden files go, unless a proposal is answered otherwise.
      if ((file.bare && !record.proposed) || (await this.there(file.key))) return;
      note(record, { folders: 1 });
      return this.planner.add(file);
    }
    const conflict = await this.there(file.key);
    await this.planner.add(planned(this.job, conflict ? { ...file, conflict } : file));
  }

  /** BadInput where there is nothing to upload. */
  assertSomething(): void {
    const { filesTotal, filesSkipped, source } = this.job.record;
    if (filesTotal > 0 || filesSkipped) return;
    throw new AppError('BadInput', `${source} holds nothing that can be uploaded.`, { detail: 'Nothing was changed.', resource: source });
  }
}

function targetOf(job: Job): TargetListing {
  const { bucket, prefix } = job.record;
  return new TargetListing(
    async (startAfter) => {
      const page = await request(job, { action: 's3:ListBucket', key: prefix }, ({ s3, signal }) => readPage(s3, { bucket, prefix, startAfter: startAfter || undefined }, signal));
      return { page, isLast: page.nextToken === undefined };
    },
    () => note(job.record, { unlisted: true }),
  );
}
