import type { Run } from '../contract/runs.ts';

type EngineName = Run['engine'];
const ENGINES: readonly EngineName[] = ['athena', 'duckdb', 'redshift'];

/** Saved queries as .sql files: comments above each say what it is called, so that reading them back gives the same. */
export interface FiledQuery {
  name: string;
  /** `a/b`; empty: none. */
  folder: string;
  tags: string[];
  /** Absent: Athena. */
  engine?: EngineName | undefined;
  sql: string;
}

const HEADER = /^--\s*(name|folder|tags|engine):\s*(.*?)\s*$/i;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** One file of several queries, or of one. */
export function toSqlFile(queries: readonly FiledQuery[]): string {
  return queries
    .map(({ name, folder, tags, engine = 'athena', sql }) => {
      const header = [`-- name: ${oneLine(name)}`, ...(folder ? [`-- folder: ${oneLine(folder)}`] : []), ...(tags.length > 0 ? [`-- tags: ${tags.map(oneLine).join(', ')}`] : []), ...(engine === 'athena' ? [] : [`-- engine: ${engine}`])];
      return `${header.join('\n')}\n${sql.trim()}\n`;
    })
    .join('\n\n');
}

/** The queries of a file: one for each `-- name:` line; a file without any is one query called as the file. */
export function fromSqlFile(fileName: string, text: string): FiledQuery[] {
  const found: FiledQuery[] = [];
  const ownName = fileName.replace(/^.*[\\/]/, '').replace(/\.sql$/i, '') || 'Query';
  let current: FiledQuery | undefined;
  let inHeader = false;
  for (const line of text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').split('\n')) {
    const [, key, value = ''] = HEADER.exec(line) ?? [];
    if (key?.toLowerCase() === 'name') {
      current = { name: value || ownName, folder: '', tags: [], sql: '' };
      found.push(current);
      inHeader = true;
    } else if (inHeader && current && key?.toLowerCase() === 'folder') current.folder = value;
    else if (inHeader && current && key?.toLowerCase() === 'tags') current.tags = value.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
    else if (inHeader && current && key?.toLowerCase() === 'engine') current.engine = ENGINES.find((name) => name === value.toLowerCase());
    else {
      inHeader = false;
      if (!current) {
        current = { name: ownName, folder: '', tags: [], sql: '' };
        found.push(current);
      }
      current.sql += `${line}\n`;
    }
  }
  return found.map((query) => ({ ...query, sql: query.sql.trim() })).filter(({ sql }) => sql !== '');
}

/** A name that every system takes for a file. */
export const fileNameOf = (name: string): string => `${name.replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_').replace(/[. ]+$/, '').slice(0, 100) || 'query'}.sql`;
