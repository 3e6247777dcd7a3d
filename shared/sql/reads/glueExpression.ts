import type { PartitionFilter } from './partitionFilter.ts';

/** API_GetPartitions: Expression. */
const MOST_CHARACTERS = 2048;

/**
 * The part of a filter that Glue decides as the engine does, in the grammar of GetPartitions' Expression: conditions on
 * text keys. Numbers and dates Glue compares as they are written (`01` is not `1`), so they are left to `matches`.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export function glueExpression(filter: PartitionFilter | undefined): string | undefined {
  if (!filter) return undefined;
  const conditions = filter.kind === 'and' ? filter.of : [filter];
  let expression: string | undefined;
  for (const condition of conditions) {
    const text = exactly(condition);
    const longer = expression === undefined ? text : text === undefined ? expression : `${expression} AND ${text}`;
    if (longer !== undefined && longer.length <= MOST_CHARACTERS) expression = longer;
  }
  return expression;
}

function exactly(filter: PartitionFilter): string | undefined {
  if (filter.kind === 'and' || filter.kind === 'or') {
    const all = filter.of.map(exactly);
    return all.every((one) => one !== undefined) ? `(${all.join(filter.kind === 'and' ? ' AND ' : ' OR ')})` : undefined;
  }
  if (!/^[a-z_][a-z0-9_]*$/i.test(filter.key)) return undefined;
  const values = filter.kind === 'in' ? filter.values : filter.kind === 'like' ? [{ type: 'text', value: filter.pattern }] : [filter.value];
  if (values.some(({ type, value }) => type !== 'text' || /['\\]/.test(value))) return undefined;
  const written = values.map(({ value }) => `'${value}'`);
  if (filter.kind === 'in') return `${filter.key} IN (${written.join(', ')})`;
  return `${filter.key} ${filter.kind === 'like' ? 'LIKE' : filter.operator} ${written[0]}`;
}
