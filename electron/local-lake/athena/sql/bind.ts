const name = '(?:"(?:[^"]|"")*"|\\w+)';
const column = new RegExp(`^${name}(?:\\.${name})*$`);
const constant = /^(?:'(?:[^']|'')*'|true|false|NULL|CAST\((?:-?[\d.eE+-]+|NULL|'(?:[^']|'')*') AS \w+(?:\(\d+, ?\d+\))?\)|CAST\(CAST\(-?\d+ AS \w+\) AS \w+\))$/;
let bound = 0;

function variable(): string {
  bound = (bound + 1) % 1_000_000;
  return `v${bound}`;
}

/**
 * DuckDB's SQL for `body` over values that are each evaluated once: what is no plain name or literal is bound by a
 * lambda. A value may hold anything; what `body` adds to the bound names must be free of subqueries and aggregates.
 */
export function bind<N extends string[]>(values: [...N], body: (names: { [K in keyof N]: string }) => string): string {
  const inline = values.map((value) => column.test(value) || constant.test(value));
  const sql = wrapped(values, inline, body);
  if (!sql.includes('trino_fail(') || !values.some((value) => constant.test(value))) return sql;
  return wrapped(values, values.map((value) => column.test(value) && !constant.test(value)), body);
}

/**
 * `inline` says which values stand as they are. DuckDB evaluates what is constant while it plans, taken branch or not:
 * so where the body can fail, constants are bound by the lambda as well.
 */
function wrapped<N extends string[]>(values: [...N], inline: boolean[], body: (names: { [K in keyof N]: string }) => string): string {
  const held = values.filter((_, i) => !inline[i]);
  if (held.length === 0) return body(values as { [K in keyof N]: string });
  const holder = variable();
  let field = 0;
  // Several values travel as the fields of one struct: a lambda must not hold the subqueries that they may be.
  const names = values.map((value, i) => (inline[i] ? value : held.length === 1 ? holder : `${holder}.f${field++}`));
  const list = held.length === 1 ? held[0] : `struct_pack(${held.map((value, i) => `f${i} := ${value}`).join(', ')})`;
  return `list_extract(list_transform([${list}], lambda ${holder}: ${body(names as { [K in keyof N]: string })}), 1)`;
}
