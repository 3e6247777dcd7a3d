import type { Implementation } from './call.ts';
import { arrays } from './arrays.ts';
import { jsons, maths } from './general.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';

/** How each scalar function of `shared/sql/functions.ts` is written for DuckDB, but for the few in `special.ts`. */
export const implementations: Record<string, Implementation | undefined> = { ...strings, ...maths, ...jsons, ...times, ...arrays };
