import type { TFunction } from 'i18next';
import type { Estimate } from '../../../../shared/contract/estimates.ts';
import { addFilter } from '../../../../shared/sql/reads/filterFix.ts';
import type { EditorHint } from '../../../editor/hints.ts';
import { bytesText, nameOf } from './wordsOf.ts';

/** Offset of a one-based place in a text. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

/** The tables without a partition filter, as hints of the whole text; `sql` stands at `start` in it. */
export function estimateHints(t: TFunction<'estimate'>, { reads }: Estimate, sql: string, start: number): EditorHint[] {
  const places = new Set<number>();
  return reads.flatMap((read): EditorHint[] => {
    const place = offsetOf(sql, read.line, read.column);
    if (!read.unfiltered || places.has(place)) return [];
    places.add(place);
    const [key = ''] = read.partitionKeys;
    const message = t('unfiltered', { table: nameOf(read), keys: read.partitionKeys.join(', '), count: read.partitions ?? 0, bytes: bytesText(t, read) });
    const insertions = read.view || !read.example ? undefined : addFilter(sql, read, key, read.example);
    const fix = insertions && { title: t('addFilter', { key, value: read.example ?? '' }), insertions: insertions.map(({ at, text }) => ({ at: at + start, text })) };
    return [{ start: start + place, end: start + place + read.length, message, fix }];
  });
}
