import { expect, test } from 'vitest';
import { savedRows } from '../../../../../renderer/features/saved/savedRows.ts';
import { tabWorkgroups } from '../../../../../renderer/features/saved/tabWorkgroups.ts';

const tab = (connectionId: string, params: Record<string, unknown>, kind = 'sql') => ({ kind: kind as 'sql', connectionId, params });

test('the workgroups of the panel are those of the connection’s Athena tabs, each once', () => {
  const tabs = [tab('a', { workgroup: 'team' }), tab('a', {}), tab('a', { workgroup: 'team' }), tab('b', { workgroup: 'other' }), tab('a', { workgroup: 'unused', engine: 'duckdb' }), tab('a', { workgroup: 'x' }, 'table')];
  expect(tabWorkgroups(tabs, 'a')).toEqual(['primary', 'team']);
  expect(tabWorkgroups(tabs, 'c')).toEqual(['primary']);
});

test('queries of two workgroups stand in groups of their own, whatever their ids and names', () => {
  const shared = (workgroup: string, name: string) => ({ kind: 'prepared' as const, id: name, name, workgroup, sql: 'SELECT 1' });
  const rows = savedRows([], [shared('team', 'a'), shared('primary', 'a'), shared('team', 'c')], '');
  expect(rows.map(({ query }) => query.name)).toEqual(['a', 'a', 'c']);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  expect(new Set(rows.map(({ group }) => group)).size).toBe(2);
});
