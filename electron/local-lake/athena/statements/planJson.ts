/** One operator as DuckDB tells of it: of a plan, or (with `operator_…`) of a measured one. */
interface Operator {
  name?: string;
  operator_name?: string;
  operator_timing?: number;
  operator_cardinality?: number;
  children?: Operator[];
  extra_info?: Record<string, unknown>;
}

/**
 * The local engine's plan in the shapes Athena gives EXPLAIN (FORMAT JSON) and EXPLAIN ANALYZE (FORMAT JSON), with what
 * DuckDB really knows: its operators, estimated rows, and measured rows and time. No costs, sizes or stages: it has none.
 * https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html
 */
export function planJson(text: string, analyze: boolean): string {
  const parsed = JSON.parse(text) as Operator | Operator[];
  // The measured tree begins with the whole query and the EXPLAIN itself.
  const root = Array.isArray(parsed) ? parsed[0]! : unwrapped(parsed);
  let ids = 0;
  const node = (operator: Operator): object => {
    const { extra_info: info = {}, children = [] } = operator;
    const rows = Number(info['Estimated Cardinality']);
    const shared = { id: String(ids++), name: title(operator.name ?? operator.operator_name ?? ''), identifier: '', outputs: [] };
    const details = Object.entries(info).flatMap(([key, value]) => detail(key, value));
    return analyze
      ? {
          ...shared,
          details: details.join('\n'),
          distributedNodeStats: { nodeCpuTime: `${((operator.operator_timing ?? 0) * 1000).toFixed(3)}ms`, nodeOutputRows: operator.operator_cardinality ?? 0 },
          children: children.map(node),
        }
      : { ...shared, details, estimates: Number.isFinite(rows) ? [{ outputRowCount: rows }] : [], children: children.map(node) };
  };
  return JSON.stringify(analyze ? { fragments: [{ id: '0', logicalPlan: { 0: [node(root)] } }] } : { 0: node(root) }, null, 1);
}

function unwrapped(operator: Operator): Operator {
  const { children: [first] = [] } = operator;
  return first && (operator.operator_name === undefined || operator.operator_name === 'EXPLAIN_ANALYZE') ? unwrapped(first) : operator;
}

/** `PERFECT_HASH_GROUP_BY` as `PerfectHashGroupBy`, as Trino writes its operators. */
const title = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/(?:^|[_ ])(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What an operator does, in a line; paths of the lake's own files are nobody's business. */
function detail(key: string, value: unknown): string[] {
  if (key === 'Estimated Cardinality') return [];
  const text = (Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/\s+/g, ' ').trim();
  return text === '' || /[/\\]\w+[/\\]/.test(text) ? [] : [`${key}: ${text}`];
}
