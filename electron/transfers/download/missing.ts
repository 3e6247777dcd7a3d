import type { Job } from '../job.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { BLOCK } from './blocks.ts';
import { fetchSpan, type Span } from './ranges.ts';
import { Stretches, type Stretch } from './stretches.ts';
import { intoFile } from './taker.ts';
import type { TargetFile } from './targetFile.ts';

/** Of one file: more of them hinder each other at the disk and are no faster on the wire. */
const REQUESTS_AT_A_TIME = 8;
/** Finished ranges share one sync to the disk. */
const BYTES_A_SYNC = 64 * 1024 * 1024;
/** While others wait for theirs, a request ends with the range after so many bytes, or ms. */
const A_TURN = 32 * 1024 * 1024;
const A_WHILE = 2_000;
/** How often a lane with nothing to do looks whether it can take over from a slow one, ms. */
const LOOK = 250;

/** Bytes a range: about a thirty-second of a large object, so that it takes neither much journal nor many bytes to do again. */
export function rangeSizeFor(job: Job, size: number): number {
  const least = job.tuning.rangeSize;
  return Math.min(4, Math.max(1, Math.ceil(size / 32 / least))) * least;
}

/** An object on its way into a file. */
export interface Fetching {
  job: Job;
  index: number;
  file: FileRecord;
  opened: TargetFile;
  /** The ranges that are in the file, by number. */
  done: Map<number, PartRecord>;
  /** Told how far the file is whole from its beginning. */
  upTo(position: number): void;
  /** Somebody reads the file behind: ranges come in their order, a request each. */
  inOrder: boolean;
}

/** All ranges not yet on the disk, several at a time; journalled once synced. */
export async function fetchMissing({ job, index, file, opened, done, upTo, inOrder }: Fetching): Promise<void> {
  for (const part of done.values()) job.moved(part.size);
  const rangeSize = rangeSizeFor(job, file.size);
  const missing = Array.from({ length: Math.ceil(file.size / rangeSize) }, (_, number) => number).filter((number) => !done.has(number));
  const lanes = Math.min(REQUESTS_AT_A_TIME, job.tuning.pieces);
  const stretches = new Stretches(missing, rangeSize, lanes);
  const stored: Promise<void>[] = [];
  let unsynced: [number, PartRecord][] = [];
  let failure: unknown;
  let whole = 0;
  const fail = (error: unknown) => {
    failure ??= error;
    stretches.stop();
  };
  const sync = async () => {
    const ready = unsynced;
    unsynced = [];
    await opened.sync();
    await Promise.all(ready.map(([number, part]) => job.journal.putPart(job.record.id, index, number, part)));
  };
  const isWritten = async (number: number, part: PartRecord) => {
    done.set(number, part);
    while (done.has(whole)) whole += 1;
    if (whole > 0) upTo(Math.min(whole * rangeSize, file.size));
    unsynced.push([number, part]);
    if (unsynced.length * rangeSize >= BYTES_A_SYNC) await sync();
  };
  const othersWait = () => job.limiter.crowded || job.memory.crowded;

  const fetchStretch = (stretch: Stretch) =>
    intoFile(opened, stretch.next * rangeSize, async (taker) => {
      let since = 0;
      const endOf = (range: number) => Math.min(range * rangeSize, file.size);
      const span: Span = {
        ...{ at: stretch.next * rangeSize, until: endOf(stretch.next + 1), crc32: 0 },
        get end() {
          return endOf(stretch.end);
        },
        asked: () => void ((since = span.at), (stretch.asked = performance.now())),
        answered: () => stretches.answered(stretch, performance.now()),
        took: (count) => void (stretch.bytes += count),
        reached() {
          const number = stretch.next;
          const part: PartRecord = { size: span.until - number * rangeSize, crc32: span.crc32, etag: file.etag };
          stretch.next += 1;
          [span.until, span.crc32] = [endOf(stretch.next + 1), 0];
          const { room, written } = taker.flush();
          stored.push(written.then(() => isWritten(number, part)).catch(fail));
          if (othersWait() && (span.at - since >= A_TURN || performance.now() - stretch.asked! >= A_WHILE)) stretches.cutShort(stretch);
          return room;
        },
      };
      await fetchSpan(job, file, span, taker);
      await taker.end();
    });
  const next = async (): Promise<Stretch | undefined> => {
    for (;;) {
      const most = inOrder ? 1 : othersWait() ? Math.max(1, Math.floor(A_TURN / rangeSize)) : Infinity;
      const stretch = stretches.take(most) ?? (inOrder || job.bandwidth.down.limit !== null ? undefined : stretches.split(performance.now()));
      if (stretch || !stretches.busy || failure) return stretch;
      await stretches.change(LOOK);
    }
  };
  const lane = async () => {
    for (let stretch: Stretch | undefined; (stretch = await next()); ) {
      try {
        await job.memory.run(() => fetchStretch(stretch!), 2 * BLOCK);
      } catch (error) {
        fail(error);
      } finally {
        stretches.leave(stretch, performance.now());
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await Promise.all(stored);
  if (!failure) return;
  await sync(); // so that the next try goes on from here
  throw failure;
}
