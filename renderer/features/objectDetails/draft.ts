import type { Changes, ObjectChange } from '../../../shared/objects/change.ts';
import type { CommonValues } from './common.ts';

/** A name that is not there yet, while it is typed. `remove`: take it off wherever it is (of objects that were not read). */
export interface AddedPair {
  id: number;
  name: string;
  value: string;
  remove: boolean;
}

export interface PairDraft {
  changes: Changes;
  added: readonly AddedPair[];
}

/** What the user wants of the objects, as far as it is typed. */
export interface Draft {
  headers: ObjectChange['headers'];
  metadata: PairDraft;
  tags: PairDraft;
  retention?: ObjectChange['retention'];
  legalHold?: boolean | undefined;
}

const none: PairDraft = { changes: {}, added: [] };
export const NO_DRAFT: Draft = { headers: {}, metadata: none, tags: none };

/** The changes with one more, or without it where it says what is so already. */
export function withChange<T extends Partial<Changes>>(changes: T, now: CommonValues, name: string, value: string | null | undefined): T {
  const { [name]: _, ...rest } = changes;
  const common = Object.hasOwn(now, name) ? now[name] : undefined;
  const same = value === undefined || (common !== undefined && common !== 'mixed' && common.value === value);
  return (same ? rest : { ...rest, [name]: value }) as T;
}

const pairs = ({ changes, added }: PairDraft, asName: (name: string) => string): Changes => ({
  ...changes,
  ...Object.fromEntries(added.filter(({ name }) => name.trim() !== '').map(({ name, value, remove }) => [asName(name), remove ? null : value])),
});

/** As S3 is asked for it. Metadata names travel in lower case. */
export const changeOf = ({ headers, metadata, tags, retention, legalHold }: Draft): ObjectChange => ({
  headers,
  metadata: pairs(metadata, (name) => name.trim().toLowerCase()),
  tags: pairs(tags, (name) => name),
  ...(retention !== undefined && { retention }),
  ...(legalHold !== undefined && { legalHold }),
});
