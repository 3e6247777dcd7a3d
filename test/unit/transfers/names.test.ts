import { describe, expect, test } from 'vitest';
import { identityOf, keyOfPath, pathOfKey, setApart, type NameRules } from '../../../electron/transfers/download/names.ts';

const posix: NameRules = { windows: false, caseInsensitive: false, normalises: false };
const windows: NameRules = { windows: true, caseInsensitive: true, normalises: false };

describe('FAULTS 1: keys that lead out of a folder', () => {
  for (const key of ['../x', '..', '/../x', 'a/../../x', 'a/..', '..//x']) {
    test(`${key} is refused`, () => {
      expect(() => pathOfKey(key, posix)).toThrow(expect.objectContaining({ code: 'BadInput' }));
      expect(() => pathOfKey(key, windows)).toThrow(expect.objectContaining({ code: 'BadInput' }));
    });
  }
  test('..\\x is refused where a backslash separates', () => {
    expect(() => pathOfKey('a\\..\\x', windows)).toThrow();
    expect(pathOfKey('a\\..\\x', posix)).toBe('a\\..\\x');
  });
  test('dots inside names are names', () => {
    for (const key of ['a..b', '...', '..a', 'a..', 'x/.hidden']) expect(pathOfKey(key, posix)).toBe(key);
  });
});

describe('FAULTS 3: names Windows cannot hold', () => {
  const expected: [string, string][] = [
    ['CON', '%43ON'],
    ['con.txt', '%63on.txt'],
    ['lpt1', '%6Cpt1'],
    ['console', 'console'],
    ['a:b', 'a%3Ab'],
    ['what?*', 'what%3F%2A'],
    ['dot.', 'dot%2E'],
    ['space ', 'space%20'],
    ['a\\b', 'a%5Cb'],
    ['nul/x', '%6Eul/x'],
  ];
  for (const [key, name] of expected) {
    test(`${JSON.stringify(key)} becomes ${name} and leads back`, () => {
      expect(pathOfKey(key, windows)).toBe(name);
      expect(keyOfPath(name)).toBe(key);
    });
  }
  test('no segment is longer than file systems allow', () => {
    const key = 'é'.repeat(500);
    const made = pathOfKey(key, windows);
    expect(made.split('/').every((segment) => Buffer.byteLength(segment) <= 240)).toBe(true);
    expect(keyOfPath(made)).toBe(key);
  });
});

describe('any key leads back from its path', () => {
  const keys = ['plain', 'a//b', '/lead', 'tail/x/', 'a///b/', '100%', '%41', 'a%2Fb', 'x%~', `${'%41'.repeat(200)}`, 'tab\tnew\nline', '.', './x', 'ÿ\u0000', `${'a'.repeat(239)}%~/b`, '😀'.repeat(200)];
  for (const rules of [posix, windows]) {
    for (const key of keys) {
      test(`${rules.windows ? 'Windows' : 'POSIX'}: ${JSON.stringify(key.slice(0, 40))}`, () => {
        const made = pathOfKey(key, rules);
        expect(keyOfPath(made)).toBe(key);
        expect(made.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')).toBe(true);
      });
    }
  }
});

test('a name set apart leads back to the same key, differently each time', () => {
  const seen = new Set<string>();
  for (let name: string | undefined = 'aé%41x'; name !== undefined; name = setApart(name)) {
    expect(keyOfPath(name)).toBe('aéAx');
    expect(seen.has(name)).toBe(false);
    seen.add(name);
  }
  expect(seen.size).toBe(4);
});

test('FAULTS 4: A and a, NFC and NFD are one file where the file system says so', () => {
  expect(identityOf('A', windows)).toBe(identityOf('a', windows));
  expect(identityOf('A', posix)).not.toBe(identityOf('a', posix));
  expect(identityOf('\u00e9', { ...posix, normalises: true })).toBe(identityOf('e\u0301', { ...posix, normalises: true }));
});
