const name = '(?:"(?:[^"]|"")*"|\\w+)';
const plain = new RegExp(`^(?:${name}(?:\\.${name})*|'(?:[^']|'')*'|CAST\\((?:-?[\\d.]+|NULL|'(?:[^']|'')*') AS \\w+(?:\\(\\d+, ?\\d+\\))?\\))$`);
let bound = 0;

/**
 * DuckDB's SQL for `body` over values that are each evaluated once: what is no plain name or literal is bound by a
 * lambda. A value may hold anything; what `body` adds to the bound names must be free of subqueries and aggregates.
 */
export function bind<N extends string[]>(values: [...N], body: (names: { [K in keyof N]: string }) => string): string {
  const names: string[] = [];
  const wrappers: ((inner: string) => string)[] = [];
  for (const value of values) {
    if (plain.test(value)) {
      names.push(value);
      continue;
    }
    bound = (bound + 1) % 1_000_000;
    const variable = `v${bound}`;
    names.push(variable);
    wrappers.push((inner) => `list_extract(list_transform([${value}], lambda ${variable}: ${inner}), 1)`);
  }
  if (wrappers.length <= 1) {
    const inner = body(names as { [K in keyof N]: string });
    return wrappers[0] ? wrappers[0](inner) : inner;
  }
  return bindMany(values, names, body);
}

/** Several values travel as the fields of one struct: a lambda must not hold the subqueries that the values may be. */
function bindMany<N extends string[]>(values: [...N], names: string[], body: (names: { [K in keyof N]: string }) => string): string {
  bound = (bound + 1) % 1_000_000;
  const variable = `v${bound}`;
  const fields: string[] = [];
  const access = values.map((value, i) => {
    if (names[i] === value) return value;
    fields.push(`f${i} := ${value}`);
    return `${variable}.f${i}`;
  });
  const inner = body(access as { [K in keyof N]: string });
  return `list_extract(list_transform([struct_pack(${fields.join(', ')})], lambda ${variable}: ${inner}), 1)`;
}
