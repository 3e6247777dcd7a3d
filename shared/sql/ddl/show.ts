import type { TokenStream } from '../tokenStream.ts';
import type { DdlStatement } from './ast.ts';
import { name, partitionSpec, qualifiedName } from './parts.ts';

/** `SHOW …` (SHOW already read). */
export function show(s: TokenStream): DdlStatement {
  const statement = shown(s);
  s.expectEnd();
  return statement;
}

function shown(s: TokenStream): DdlStatement {
  if (s.take('DATABASES') || s.take('SCHEMAS')) {
    const catalog = s.take('IN') || s.take('FROM') ? name(s).name : undefined;
    return { kind: 'showDatabases', ...(catalog === undefined ? {} : { catalog }), ...like(s) };
  }
  if (s.take('TABLES')) return inDatabase(s, 'showTables');
  if (s.take('VIEWS')) return inDatabase(s, 'showViews');
  if (s.take('COLUMNS')) {
    if (!s.take('IN')) s.expect('FROM');
    const table = qualifiedName(s);
    if (s.take('IN') || s.take('FROM')) table.parts.unshift(name(s));
    return { kind: 'showColumns', name: table };
  }
  if (s.take('PARTITIONS')) {
    const table = qualifiedName(s);
    return { kind: 'showPartitions', name: table, values: s.take('PARTITION') ? partitionSpec(s) : [] };
  }
  if (s.take('CREATE', 'TABLE')) return { kind: 'showCreateTable', name: qualifiedName(s) };
  if (s.take('CREATE', 'VIEW')) return { kind: 'showCreateView', name: qualifiedName(s) };
  s.expect('TBLPROPERTIES');
  const table = qualifiedName(s);
  if (!s.take('(')) return { kind: 'showProperties', name: table };
  const property = s.string();
  s.expect(')');
  return { kind: 'showProperties', name: table, property };
}

function inDatabase(s: TokenStream, kind: 'showTables' | 'showViews'): DdlStatement {
  const database = s.take('IN') || s.take('FROM') ? qualifiedName(s) : undefined;
  return { kind, ...(database ? { database } : {}), ...like(s) };
}

/** Hive's pattern: `*` any text, `|` alternatives; LIKE itself may be left out. */
function like(s: TokenStream): { like?: string } {
  if (s.take('LIKE') || s.peek().kind === 'string') return { like: s.string() };
  return {};
}

/** `DESCRIBE|DESC [EXTENDED|FORMATTED] name [PARTITION (…)] [column]` (DESCRIBE already read). */
export function describe(s: TokenStream): DdlStatement {
  const extended = s.take('EXTENDED');
  const formatted = !extended && s.take('FORMATTED');
  const table = qualifiedName(s);
  const partition = s.take('PARTITION') ? partitionSpec(s) : undefined;
  const column = s.peek().kind === 'word' || s.peek().kind === 'quoted' ? name(s).name : undefined;
  s.expectEnd();
  return { kind: 'describe', name: table, extended, formatted, ...(partition ? { partition } : {}), ...(column ? { column } : {}) };
}
