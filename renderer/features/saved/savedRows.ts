import type { SavedQuery, SharedQuery } from '../../../shared/contract/savedQueries.ts';

export type SavedRow = { key: string; group: string } & ({ kind: 'here'; query: SavedQuery } | { kind: 'shared'; query: SharedQuery });

const holds = (wanted: string, ...texts: (string | undefined)[]): boolean => wanted.split(/\s+/).every((word) => texts.some((text) => text?.toLowerCase().includes(word)));

/** Both kinds as one list by group, those that hold all words of the filter (lower case) in name, folder, tags or text. */
export function savedRows(saved: readonly SavedQuery[], shared: readonly SharedQuery[], wanted: string): SavedRow[] {
  const here = saved
    .filter(({ name, folder, tags, sql }) => holds(wanted, name, folder, sql, ...tags))
    .map((query): SavedRow => ({ kind: 'here', key: query.id, group: query.folder, query }));
  const there = shared
    .filter(({ name, description, sql }) => holds(wanted, name, description, sql))
    .map((query): SavedRow => ({ kind: 'shared', key: `${query.workgroup} ${query.kind} ${query.id}`, group: `\0${query.workgroup}\0${query.kind}`, query }));
  return [...here, ...there.toSorted((a, b) => (`${a.group}${a.query.name}` < `${b.group}${b.query.name}` ? -1 : 1))];
}
