import type { ObjectFilter } from '../../../shared/contract/s3Search.ts';

/** The form's fields as typed. */
export interface SearchFields {
  kind: ObjectFilter['kind'];
  text: string;
  matchCase: boolean;
  minSize: string;
  maxSize: string;
  from: string;
  until: string;
  storageClass: string;
}

export const NO_FIELDS: SearchFields = { kind: 'contains', text: '', matchCase: false, minSize: '', maxSize: '', from: '', until: '', storageClass: '' };

const UNITS = ['b', 'kb', 'mb', 'gb', 'tb'];

/** `10`, `1.5 MB`, `2g` as bytes, 1,024-based; undefined for nothing, null where it is no size. */
export function sizeOf(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text);
  if (!found) return null;
  const unit = found[2] ? UNITS.indexOf(`${found[2].toLowerCase()}b`) : 0;
  return Math.round(Number(found[1]!.replace(',', '.')) * 1024 ** unit);
}

const DAY_MS = 86_400_000;

/** What is asked of the backend; undefined where a size is not one. Days are the user's own, both included. */
export function filterOf({ kind, text, matchCase, minSize, maxSize, from, until, storageClass }: SearchFields): ObjectFilter | undefined {
  const [least, most] = [sizeOf(minSize), sizeOf(maxSize)];
  if (least === null || most === null) return undefined;
  const day = (date: string, plus = 0) => (date === '' ? undefined : new Date(new Date(`${date}T00:00:00`).getTime() + plus).toISOString());
  return { kind, text, matchCase, minSize: least, maxSize: most, from: day(from), before: day(until, DAY_MS), storageClasses: storageClass === '' ? [] : [storageClass] };
}
