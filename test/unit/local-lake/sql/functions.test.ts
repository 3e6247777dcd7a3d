import { describe, expect, test } from 'vitest';
import { implementations } from '../../../../electron/local-lake/athena/sql/functions/implementations.ts';
import { signature } from '../../../../electron/local-lake/athena/sql/functions/signature.ts';
import { special } from '../../../../electron/local-lake/athena/sql/functions/special.ts';
import { functions } from '../../../../shared/sql/functions.ts';
import { corpus } from './corpus/index.ts';

describe('the list of functions is the allow-list', () => {
  test('every scalar function on it is implemented, and nothing else is', () => {
    const listed = functions.filter((one) => one.kind === 'scalar').map((one) => one.name).sort();
    const written = [...new Set([...Object.keys(implementations), ...Object.keys(special)])].sort();
    expect(written).toEqual(listed);
  });

  test('every function on it has an answer in the corpus', () => {
    const called = Object.values(corpus).flat().map(({ sql }) => sql.toLowerCase()).join('\n');
    expect(functions.filter(({ name }) => !new RegExp(`\\b${name}\\s*\\(`).test(called))).toEqual([]);
  });

  test('names are unique and documented', () => {
    expect(new Set(functions.map((one) => one.name)).size).toBe(functions.length);
    expect(functions.filter((one) => one.doc === '' || one.signatures.length === 0)).toEqual([]);
  });

  test.each(functions.flatMap((one) => one.signatures.map((text) => [one.name, text])))('%s%s can be read', (_name, text) => {
    expect(signature(text).result.name).not.toBe('');
  });
});
