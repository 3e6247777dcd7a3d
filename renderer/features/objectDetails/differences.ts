import type { ObjectChange } from '../../../shared/objects/change.ts';
import { HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';
import { formatDate } from '../../ui/format.ts';
import type { Common, Looked } from './common.ts';

export interface Difference {
  field: 'header' | 'metadata' | 'tag' | 'retention' | 'legalHold';
  name: string;
  /** undefined: it is not there. 'unknown': the objects were not read. */
  before: Common | 'unknown' | undefined;
  /** null: it is removed. */
  after: string | null;
}

const on = (values: boolean): string => (values ? 'ON' : 'OFF');

/** The change field by field, with what is there now; null: not known. */
export function differencesOf(change: ObjectChange, looked: Looked | null): Difference[] {
  const rows = (field: Difference['field'], changes: Partial<Record<string, string | null>>, now: Record<string, Common> | undefined, label = (name: string) => name): Difference[] =>
    Object.entries(changes).map(([name, after]) => ({ field, name: label(name), before: now === undefined ? 'unknown' : Object.hasOwn(now, name) ? now[name] : undefined, after: after ?? null }));
  const { mode, until, legalHold } = looked?.lock ?? {};
  const both = (a: Common | undefined, b: Common | undefined): Common | undefined =>
    a === undefined ? undefined : a === 'mixed' || b === 'mixed' || b === undefined ? 'mixed' : { value: `${a.value} ${formatDate(b.value, true)}` };
  return [
    ...rows('header', change.headers, looked?.headers, (name) => HTTP_NAMES[name as HeaderName]),
    ...rows('metadata', change.metadata, looked?.metadata),
    ...rows('tag', change.tags, looked?.tags),
    ...(change.retention === undefined
      ? []
      : [{ field: 'retention', name: '', before: looked ? both(mode, until) : 'unknown', after: change.retention && `${change.retention.mode} ${formatDate(change.retention.until, true)}` } as const]),
    ...(change.legalHold === undefined ? [] : [{ field: 'legalHold', name: '', before: looked ? (legalHold === 'mixed' ? 'mixed' : { value: on(legalHold !== undefined) }) : 'unknown', after: on(change.legalHold) } as const]),
  ];
}
