import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Messages = { [key: string]: string | Messages };
const directory = (language: string) => new URL(`../../../../renderer/i18n/${language}/`, import.meta.url);
const read = (language: string, file: string) => JSON.parse(readFileSync(new URL(file, directory(language)), 'utf8')) as Messages;

/** Every message by its dotted key. Korean has no plural: `_one` and `_other` are one message there. */
function flat(messages: Messages, before = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') all.set(before + key.replace(/_(one|other)$/, ''), value);
    else for (const [inner, text] of flat(value, `${before}${key}.`)) all.set(inner, text);
  }
  return all;
}
const placeholders = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+\}\}/g) ?? [])].toSorted();

describe('the message catalogues', () => {
  const files = readdirSync(directory('en')).filter((file) => file.endsWith('.json'));

  it('are the same files in English and Korean', () => {
    expect(readdirSync(directory('ko')).filter((file) => file.endsWith('.json'))).toEqual(files);
  });

  it.each(files)('%s says everything in both languages', (file) => {
    const [english, korean] = [flat(read('en', file)), flat(read('ko', file))];
    expect([...korean.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    for (const [key, text] of korean) {
      const used = placeholders(english.get(key));
      expect(used, `${file} ${key}`).toEqual(expect.arrayContaining(placeholders(text).filter((one) => one !== '{{count}}')));
    }
  });
});
