import { expect, test } from 'vitest';
import { planRows, readPlan } from '../../../../../renderer/features/sql/plan/readPlan.ts';

const names = (answer: string) => planRows(readPlan(answer)!.root).map(({ node, depth }) => `${' '.repeat(depth)}${node.name}`);

test('EXPLAIN (FORMAT JSON) of several stages is one tree, joined where rows come from another stage', () => {
  const answer = `{
    "0": {"id": "9", "name": "Output", "descriptor": {"columnNames": "[city]"}, "outputs": [], "details": [], "estimates": [{"outputRowCount": "NaN", "cpuCost": NaN}],
          "children": [{"id": "1", "name": "RemoteSource", "descriptor": {"sourceFragmentIds": "[1]"}, "children": []}]},
    "1": {"id": "2", "name": "Aggregate", "details": ["count := count(*)"], "estimates": [{"outputRowCount": 5.0, "outputSizeInBytes": 100.0, "cpuCost": 900.0}],
          "children": [{"id": "3", "name": "TableScan", "descriptor": {"table": "samples.flights"}, "estimates": [{"outputRowCount": 3000000.0, "outputSizeInBytes": 13000000.0, "cpuCost": 100.0}], "children": []}]}
  }`;
  expect(names(answer)).toEqual(['Output', ' RemoteSource', '  Aggregate', '   TableScan']);
  const rows = planRows(readPlan(answer)!.root);
  expect(rows.map(({ node }) => node.rows)).toEqual([undefined, undefined, 5, 3_000_000]);
  expect(rows.map(({ share }) => share)).toEqual([0, 0, 0.9, 0.1]);
  expect(rows[3]!.node.details).toEqual(['table: samples.flights']);
});

test('EXPLAIN ANALYZE (FORMAT JSON) gives what was measured', () => {
  const answer = JSON.stringify({
    fragments: [
      {
        id: '1',
        stageStats: { totalCpuTime: '3.31ms' },
        logicalPlan: { 1: [{ name: 'Limit', identifier: '[10]', outputs: ['x'], details: '', distributedNodeStats: { nodeCpuTime: '0.00ns', nodeOutputRows: 10, nodeOutputDataSize: '514B' }, children: [{ name: 'TableScan', identifier: '[table = x]', details: 'LAYOUT: x\n', distributedNodeStats: { nodeCpuTime: '1.50s', nodeOutputRows: 5000, nodeOutputDataSize: '2.50MB' }, children: [] }] }] },
      },
    ],
  });
  const plan = readPlan(answer)!;
  expect(plan.measured).toBe(true);
  expect(planRows(plan.root).map(({ node, share }) => [node.name, node.rows, node.bytes, node.millis, share])).toEqual([
    ['Limit', 10, 514, 0, 0],
    ['TableScan', 5000, 2.5 * 1024 ** 2, 1500, 1],
  ]);
});

test('a stage that names itself does not turn in circles, and what is no plan is none', () => {
  expect(names('{"0": {"name": "RemoteSource", "details": ["[0]"], "children": []}}')).toEqual(['RemoteSource']);
  expect(readPlan('Fragment 0 [SINGLE]')).toBeUndefined();
  expect(readPlan('[]')).toBeUndefined();
});
