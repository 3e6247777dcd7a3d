import { expect, test } from 'vitest';
import { makeSpec, readSpec } from '../../../../shared/charts/spec.ts';
import { chartSpec } from '../../../../shared/contract/charts.ts';

test('what was saved comes back', () => {
  const spec = makeSpec({ kind: 'stackedBar', x: 'a', y: [{ aggregate: 'sum', column: 'n' }, { aggregate: 'count' }], series: 'b', limit: 5, other: false, sort: 'xUp', log: true, bins: 7, title: 'T' });
  expect(readSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
});

test('what another version wrote is read as far as it is understood', () => {
  expect(readSpec({ kind: 'bar', x: 3, y: [{ aggregate: 'mode', column: 'n' }, { aggregate: 'sum' }, null, { aggregate: 'avg', column: 'm' }], limit: 1e9, sort: 'odd', bucket: 'fortnight', later: true })).toEqual(makeSpec({ kind: 'bar', y: [{ aggregate: 'avg', column: 'm' }] }));
});

test.each([undefined, null, 'bar', {}, { kind: 'treemap' }])('%j is no chart', (saved) => {
  expect(readSpec(saved)).toBeUndefined();
});

test('the defaults of the page are those of the contract', () => {
  expect(chartSpec.parse({ kind: 'bar', y: [] })).toEqual(makeSpec({ kind: 'bar' }));
});
