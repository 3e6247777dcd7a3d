import { describe, expect, it } from 'vitest';
import { escapePathValue, unescapePathValue } from '../../../../electron/local-lake/athena/statements/dataFiles.ts';

describe('values in paths', () => {
  it('escapes what Hive escapes and reads it back', () => {
    expect(escapePathValue('a/b=c d:é')).toBe('a%2Fb%3Dc d%3Aé');
    for (const value of ['2024-01-01 00:00:00', '100%', 'a%2Fb', "it's", 'tab\t', '한국', '{x}[y]^']) expect(unescapePathValue(escapePathValue(value))).toBe(value);
  });
});
