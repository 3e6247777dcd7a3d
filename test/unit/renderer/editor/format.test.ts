import { describe, expect, it } from 'vitest';
import { formatSql } from '../../../../renderer/editor/format.ts';
import { corpus } from '../../local-lake/sql/corpus/index.ts';
import { tokenize } from '../../../../shared/sql/lexer.ts';

const words = (sql: string) => tokenize(sql, 'trino').map(({ kind, value }) => `${kind} ${value}`);

describe('formatting', () => {
  it('lays a statement out and keeps its comments', async () => {
    expect((await formatSql("-- why\nselect a, count(*) n /* all */ from t where m=:month and x>? group by 1;\n\nselect 1")).text).toBe(
      '-- why\nSELECT\n  a,\n  count(*) n /* all */\nFROM\n  t\nWHERE\n  m = :month\n  AND x > ?\nGROUP BY\n  1;\n\nSELECT\n  1',
    );
  });

  it('leaves a statement it does not know as it is', async () => {
    const broken = "SELECT 'never closed";
    expect(await formatSql(broken)).toEqual({ text: broken, left: 1 });
  });

  it('never changes what a statement says', async () => {
    let laidOut = 0;
    const all = Object.values(corpus).flat();
    for (const { sql } of all) {
      const { text } = await formatSql(sql);
      expect(words(text), sql).toEqual(words(sql));
      if (text !== sql) laidOut += 1;
    }
    expect(laidOut).toBeGreaterThan(all.length / 2);
  });
});
