import type { Plan, PlanNode } from './readPlan.ts';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isOperator = (value: unknown): value is Json => isObject(value) && (typeof value.operator_name === 'string' || typeof value.name === 'string') && Array.isArray(value.children);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined);
const EXPECTED = 'Estimated Cardinality';
const WRAPPER = 'EXPLAIN_ANALYZE';

/** `HASH_GROUP_BY`: "Hash group by". */
const nameOf = (name: string): string => {
  const words = name.trim().replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function toNode(json: Json, path: string): PlanNode {
  const more = isObject(json.extra_info) ? json.extra_info : {};
  const seconds = number(json.operator_timing);
  const scanned = number(json.operator_rows_scanned) ?? 0;
  const measured = seconds !== undefined;
  const expected = number(more[EXPECTED]);
  const details = Object.entries(more)
    .filter(([key]) => key !== EXPECTED)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.map(String).join(', ') : typeof value === 'string' ? value : JSON.stringify(value)}`);
  return {
    id: path,
    name: nameOf(String(json.operator_name ?? json.name)),
    details: [...details, ...(scanned > 0 ? [`Rows scanned: ${scanned}`] : []), ...(measured && expected !== undefined ? [`Rows expected: ${expected}`] : [])],
    rows: measured ? number(json.operator_cardinality) : expected,
    bytes: measured ? number(json.result_set_size) : undefined,
    // Of all threads together.
    millis: measured ? seconds * 1000 : undefined,
    children: (json.children as unknown[]).filter(isOperator).map((child, at) => toNode(child, `${path}.${at}`)),
  };
}

/** The plan in DuckDB's EXPLAIN (FORMAT JSON), a list of its root, or EXPLAIN (ANALYZE, FORMAT JSON), its profile; undefined where it is neither. */
export function readDuckdbPlan(json: unknown): Plan | undefined {
  if (Array.isArray(json)) {
    const [root] = json as unknown[];
    return isOperator(root) && 'extra_info' in root ? { root: toNode(root, '0'), measured: false } : undefined;
  }
  if (!isObject(json) || !('cumulative_cardinality' in json) || !Array.isArray(json.children)) return undefined;
  let [root] = json.children as unknown[];
  if (isOperator(root) && root.operator_name === WRAPPER) [root] = root.children as unknown[];
  return isOperator(root) ? { root: toNode(root, '0'), measured: true } : undefined;
}
