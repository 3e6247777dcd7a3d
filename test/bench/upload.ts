import { bigFile } from './bigFile.ts';
import type { Bench } from './measure.ts';

/** One file of 1 GiB to S3. */
export const bench: Bench = (report) => bigFile('up', report);
