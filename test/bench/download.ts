import { bigFile } from './bigFile.ts';
import type { Bench } from './measure.ts';

/** One object of 1 GiB to disk. */
export const bench: Bench = (report) => bigFile('down', report);
