import { describe, expect, it } from 'vitest';
import { copyText } from '../../../../renderer/grid/copyFormats.ts';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'note', type: 'varchar' },
];
const copied = { columns, cells: [['1', '12345678901234567890', '1'], ['a\tb', null, '']] };

describe('copying cells', () => {
  it('copies one cell as its very text', () => {
    expect(copyText({ columns: [columns[1]!], cells: [['say "hi"\n']] }, 'tsv')).toBe('say "hi"\n');
  });
  it('keeps a tab inside a cell inside that cell', () => {
    expect(copyText(copied, 'tsvWithHeaders')).toBe('id\tnote\n1\t"a\tb"\n12345678901234567890\t\n1\t');
  });
  it('FAULTS 21: tells NULL from the empty string in CSV', () => {
    expect(copyText(copied, 'csv')).toBe('id,note\r\n1,a\tb\r\n12345678901234567890,\r\n1,""');
  });
  it('FAULTS 25: copies a formula as the text it is', () => {
    expect(copyText({ columns: [columns[1]!], cells: [["=cmd|' /C calc'!A0", '<b>']] }, 'tsv')).toBe("=cmd|' /C calc'!A0\n<b>");
  });
  it('writes JSON numbers digit for digit', () => {
    expect(copyText(copied, 'json')).toBe('[\n  {"id": 1, "note": "a\\tb"},\n  {"id": 12345678901234567890, "note": null},\n  {"id": 1, "note": ""}\n]');
  });
  it('writes an IN list of distinct literals without NULLs', () => {
    expect(copyText({ columns: [columns[0]!], cells: [['1', '2', null, '1']] }, 'inList')).toBe('(1, 2)');
    expect(copyText({ columns: [columns[1]!], cells: [["O'Hare"]] }, 'inList')).toBe("('O''Hare')");
    expect(copyText({ columns: [{ name: 'd', type: 'date' }], cells: [['2024-02-29']] }, 'inList')).toBe("(DATE '2024-02-29')");
  });
});
