import type { ObjectFacts } from '../../../shared/contract/s3Objects.ts';

/** What several objects have in common for one name: the same value in all of them, or not. */
export type Common = { value: string } | 'mixed';
export type CommonValues = Record<string, Common>;

export interface Looked {
  headers: CommonValues;
  metadata: CommonValues;
  tags: CommonValues;
  /** Of some the tags could not be read. */
  tagsUntold: boolean;
  lock: { mode?: Common; until?: Common; legalHold?: Common };
}

/** Names in the order they are met first. Absent: none of them has it. */
export function commonOf(all: readonly Record<string, string | undefined>[]): CommonValues {
  const found = new Map<string, Common>();
  const first = all[0] ?? {};
  for (const values of all) {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined && !found.has(name)) found.set(name, all.every((other) => Object.hasOwn(other, name) && other[name] === value) ? { value } : 'mixed');
    }
  }
  return all.length === 1 ? Object.fromEntries(Object.entries(first).flatMap(([name, value]) => (value === undefined ? [] : [[name, { value }]]))) : Object.fromEntries(found);
}

export const lookAt = (facts: readonly ObjectFacts[]): Looked => ({
  headers: commonOf(facts.map(({ headers }) => headers as Record<string, string>)),
  metadata: commonOf(facts.map(({ metadata }) => metadata)),
  tags: commonOf(facts.map(({ tags }) => tags ?? {})),
  tagsUntold: facts.some(({ tags }) => tags === null),
  lock: commonOf(facts.map(({ lock: { mode, until, legalHold } }) => ({ mode, until, legalHold: legalHold ? 'on' : undefined }))),
});

export const valueOf = (common: Common | undefined): string => (common === undefined || common === 'mixed' ? '' : common.value);
