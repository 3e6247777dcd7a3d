import { arithmetic } from './arithmetic.ts';
import type { Case } from './case.ts';
import { casts } from './casts.ts';
import { collections } from './collections.ts';
import { everyFunction } from './everyFunction.ts';
import { json } from './json.ts';
import { maths } from './maths.ts';
import { queries } from './queries.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';

/** Statements with what Trino answers, from its documentation and the semantics it states. */
export const corpus: Record<string, Case[]> = { arithmetic, casts, collections, everyFunction, json, maths, queries, strings, times };
