import { describe, expect, it } from 'vitest';
import { completionContext } from '../../../../renderer/editor/completion/context.ts';
import { functionDocs } from '../../../../renderer/editor/completion/functionDocs.ts';
import { callAround } from '../../../../renderer/editor/completion/callAround.ts';
import { missingTables, suggest } from '../../../../renderer/editor/completion/suggestions.ts';

const names = {
  databases: [
    { name: 'samples', tables: [{ name: 'flights', columns: [{ name: 'delay', type: 'bigint' }, { name: 'Origin City', type: 'varchar' }] }, { name: 'airports', columns: null }] },
    { name: 'staging', tables: [{ name: 'raw', columns: [{ name: 'payload', type: 'varchar' }] }] },
  ],
};
/** The labels offered where `|` stands. */
function at(sql: string) {
  const context = completionContext(sql.replace('|', ''), sql.indexOf('|'));
  return suggest(context, { names, functions: functionDocs, database: 'samples' });
}
const labels = (sql: string) => at(sql).map(({ label }) => label);

describe('completion', () => {
  it('offers tables of the chosen database first after FROM', () => {
    expect(labels('SELECT * FROM |').slice(0, 4)).toEqual(['flights', 'airports', 'samples', 'staging']);
    expect(labels('SELECT * FROM flights, |')).toContain('raw');
  });
  it('offers the tables of a database after its dot', () => {
    expect(labels('SELECT * FROM staging.|')).toEqual(['raw']);
  });
  it('offers the columns behind an alias, also when it is declared later', () => {
    expect(labels('SELECT f.| FROM samples.flights f')).toEqual(['delay', 'Origin City']);
    expect(labels('SELECT * FROM flights AS f WHERE f.|')).toEqual(['delay', 'Origin City']);
  });
  it('quotes names that need it', () => {
    expect(at('SELECT f.| FROM flights f').find(({ label }) => label === 'Origin City')?.insert).toBe('"Origin City"');
  });
  it('knows common tables, their given and their derived columns', () => {
    expect(labels('WITH a AS (SELECT x, count(*) AS n, t.y FROM t), b (p, q) AS (SELECT 1, 2) SELECT | FROM a JOIN b ON true').slice(0, 5)).toEqual(['x', 'n', 'y', 'p', 'q']);
    expect(labels('WITH recent AS (SELECT 1 AS x) SELECT * FROM |')[0]).toBe('recent');
  });
  it('knows the columns of a subquery and of UNNEST', () => {
    expect(labels('SELECT s.| FROM (SELECT delay AS d FROM flights) s')).toEqual(['d']);
    expect(labels('SELECT u.| FROM flights CROSS JOIN UNNEST(ARRAY[1]) WITH ORDINALITY AS u (value, n)')).toEqual(['value', 'n']);
  });
  it('does not take extract(year FROM x) for a FROM clause', () => {
    expect(completionContext('SELECT extract(year FROM x) FROM flights', 7).relations.map(({ alias }) => alias)).toEqual(['flights']);
  });
  it('offers databases where a database must follow', () => {
    expect(labels('SHOW TABLES IN |')).toEqual(['samples', 'staging']);
  });
  it('is silent in strings and comments', () => {
    expect(labels("SELECT 'fl|")).toEqual([]);
    expect(labels('SELECT 1 -- from |')).toEqual([]);
  });
  it('names the tables whose columns must be read', () => {
    expect(missingTables(completionContext('SELECT a. FROM airports a', 9), { names, functions: [], database: 'samples' })).toEqual([{ database: 'samples', table: 'airports' }]);
  });
  it('offers each function once', () => {
    const functions = at('SELECT | FROM flights').filter(({ kind }) => kind === 'function');
    expect(functions.length).toBeGreaterThan(100);
    expect(new Set(functions.map(({ label }) => label)).size).toBe(functions.length);
  });
  it('finds the call around the cursor and its argument', () => {
    expect(callAround("SELECT date_diff('day', coalesce(a, b), ")).toEqual({ name: 'date_diff', argument: 2 });
    expect(callAround('SELECT f(1), ')).toBeNull();
    expect(callAround('SELECT f(1; ')).toBeNull();
  });
});
