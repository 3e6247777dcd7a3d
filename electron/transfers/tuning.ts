/** What may differ between machines, and what tests shorten. Times in ms, sizes in bytes. */
export interface Tuning {
  /** Transfers that work at the same time. */
  transfers: number;
  /** Files of one transfer that are worked on at the same time. */
  files: number;
  /** Requests under way to one connection: at first, and at most. */
  requestsAtFirst: number;
  requestsAtMost: number;
  /** Parts or ranges of one file under way at the same time. */
  pieces: number;
  /** Parts held in memory at the same time. */
  partMemory: number;
  /** Slices the page is asked for at the same time. */
  pageSlices: number;
  /** No byte moved for so long: the request is given up and sent again. */
  stall: number;
  /** The same for requests S3 may think about for long (CompleteMultipartUpload, DeleteObjects). */
  patientStall: number;
  /** How often it is asked what became of an upload whose completion is not answered. */
  completePoll: number;
  /** Tries of one request before the file fails; those while nobody can be reached at all do not count. */
  attempts: number;
  /** First wait before a retry; doubles, with jitter, up to `longestWait`. */
  firstWait: number;
  longestWait: number;
  /** An endpoint that is asked whether it is there answers within this. */
  probe: number;
  /** Standing still for so long means that the machine slept. */
  sleepGap: number;
  /** How often a transfer that awaits sign-in looks whether it may go on. */
  signInPoll: number;
  /** The page did not fetch or answer for so long: the row says "choose the file again". */
  pageSilence: number;
  /** Download ranges. */
  rangeSize: number;
  /** Above it an object is copied in parts: one CopyObject takes 5 GiB. */
  wholeCopy: number;
}

export const defaultTuning: Tuning = {
  transfers: 3,
  files: 64,
  requestsAtFirst: 24,
  requestsAtMost: 48,
  pieces: 16,
  partMemory: 96 * 1024 * 1024,
  pageSlices: 4,
  stall: 30_000,
  patientStall: 120_000,
  completePoll: 5_000,
  attempts: 8,
  firstWait: 200,
  longestWait: 20_000,
  probe: 8_000,
  sleepGap: 20_000,
  signInPoll: 10_000,
  pageSilence: 60_000,
  rangeSize: 8 * 1024 * 1024,
  wholeCopy: 5 * 1024 ** 3,
};
