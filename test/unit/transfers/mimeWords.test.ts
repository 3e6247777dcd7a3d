import { describe, expect, test } from 'vitest';
import { decodeWords, encodeWords, isAscii } from '../../../electron/transfers/edit/mimeWords.ts';

describe('user metadata beyond ASCII', () => {
  test.each([
    ['plain', 'plain'],
    ['=?UTF-8?Q?Gr=C3=B6=C3=9Fe_1?=', 'Größe 1'],
    ['=?utf-8?b?642w7J207YSw?=', '데이터'],
    ['a =?ISO-8859-1?Q?=E9?= b', 'a é b'],
    // A character cut between two words, folded.
    ['=?UTF-8?B?642w7J20?= =?UTF-8?B?7YS?= =?UTF-8?B?sA==?=', '데이터'],
    ['=?no-such-charset?B?642w?=', '=?no-such-charset?B?642w?='],
    ['=?UTF-8?X?a?=', '=?UTF-8?X?a?='],
    // Raw UTF-8, as Node reads headers.
    ['GrÃ¶Ã\u009fe', 'Größe'],
    ['', ''],
  ])('%j is read as %j', (value, text) => expect(decodeWords(value)).toBe(text));

  test.each(['plain text', '', '데이터 호수'.repeat(40), 'é😀'.repeat(33), '=?UTF-8?Q?literal?='])('%j comes back from the wire', (text) => {
    const sent = encodeWords(text);
    expect(isAscii(sent)).toBe(true);
    expect(decodeWords(sent)).toBe(text);
    expect(sent.split(' ').filter((word) => word.startsWith('=?')).every((word) => word.length <= 75)).toBe(true);
  });
});
