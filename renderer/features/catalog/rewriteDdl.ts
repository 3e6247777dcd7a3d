import type { Column } from '../../../shared/contract/catalog.ts';

/** What the form of "Create table" decides; the rest of the statement (format, location …) stays as inferred. */
export interface TableShape {
  database: string;
  table: string;
  columns: Column[];
  partitionKeys: Column[];
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const literal = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
const columnLine = ({ name, type, comment }: Column): string => `  ${quoted(name)} ${type}${comment ? ` COMMENT ${literal(comment)}` : ''}`;

/** Index after the parenthesis that closes the one at `open`; quotes are skipped. -1 where none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const ch = text[at] as string;
    if (ch === "'" || ch === '`' || ch === '"') {
      at = text.indexOf(ch, at + 1);
      if (at < 0) return -1;
    } else if (ch === '(') depth += 1;
    else if (ch === ')' && --depth === 0) return at + 1;
  }
  return -1;
}

/** An inferred CREATE EXTERNAL TABLE with the form's name, columns and partition keys; unchanged where it is no such statement. */
export function rewriteDdl(ddl: string, { database, table, columns, partitionKeys }: TableShape): string {
  const head = /^\s*CREATE\s+EXTERNAL\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?/i.exec(ddl);
  const open = ddl.indexOf('(');
  const end = head && open > 0 ? closing(ddl, open) : -1;
  if (!head || end < 0) return ddl;
  let rest = ddl.slice(end);
  const partitioned = /^\s*PARTITIONED\s+BY\s*\(/i.exec(rest);
  if (partitioned) {
    const after = closing(rest, partitioned[0].length - 1);
    if (after > 0) rest = rest.slice(after);
  }
  const keys = partitionKeys.length ? `\nPARTITIONED BY (\n${partitionKeys.map(columnLine).join(',\n')}\n)` : '';
  return `${head[0].trimStart()}${quoted(database)}.${quoted(table)} (\n${columns.map(columnLine).join(',\n')}\n)${keys}${rest}`;
}
