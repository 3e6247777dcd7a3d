import { describe, expect, it } from 'vitest';
import { takeRecords } from '../../../../electron/local-lake/athena/results/csvRows.ts';

const bytes = (text: string) => Buffer.from(text);

describe('takeRecords', () => {
  it('FAULTS 21: tells NULL, the empty text, quotes and newlines apart', () => {
    const { records } = takeRecords(bytes('"a",,""\n"x\ny","say ""hi""","é,"\n'), 10, true);
    expect(records).toEqual([['a', null, ''], ['x\ny', 'say "hi"', 'é,']]);
  });

  it('takes a record of one NULL, which is an empty line', () => {
    expect(takeRecords(bytes('"h"\n\n""\n'), 10, true).records).toEqual([['h'], [null], ['']]);
  });

  it('leaves an unfinished record, wherever the block was cut, and goes on behind what it took', () => {
    const whole = bytes('"a","1\n2"\n,"x""y"\n"last",""\n');
    const { records: expected } = takeRecords(whole, 10, true);
    for (let cut = 0; cut <= whole.length; cut++) {
      const first = takeRecords(whole.subarray(0, cut), 10, false);
      const rest = takeRecords(whole.subarray(first.taken), 10, true);
      expect([...first.records, ...rest.records]).toEqual(expected);
    }
  });

  it('takes no more than asked for', () => {
    expect(takeRecords(bytes('"1"\n"2"\n"3"\n'), 2, true)).toEqual({ records: [['1'], ['2']], taken: 8 });
  });
});
