import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outDir } from './serve.ts';

export type Language = 'en' | 'ko';
/** The words on the screen for an English text of the catalogue, as a name to find things by. */
export type Words = (english: string) => string | RegExp;

const folder = path.join(outDir, '../renderer/i18n');

function leaves(value: unknown, at: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') return into.set(at, value);
  for (const [key, inner] of Object.entries(value as object)) leaves(inner, `${at}.${key}`, into);
  return into;
}

function catalogue(language: Language): Map<string, string> {
  const all = new Map<string, string>();
  for (const file of readdirSync(path.join(folder, language))) leaves(JSON.parse(readFileSync(path.join(folder, language, file), 'utf8')), file, all);
  return all;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text that several screens say, each in words of its own, becomes the choice of them; one that is not in the catalogue stays. */
export function wordsOf(language: Language): Words {
  if (language === 'en') return (english) => english;
  const theirs = catalogue(language);
  const found = new Map<string, Set<string>>();
  for (const [key, english] of catalogue('en')) {
    const said = theirs.get(key) ?? english;
    found.set(english, (found.get(english) ?? new Set()).add(said));
  }
  return (english) => {
    const [first, ...others] = found.get(english) ?? [english];
    return others.length === 0 ? first! : new RegExp(`^(${[first!, ...others].map(escaped).join('|')})$`);
  };
}

/** One text that is on the screen, to type where names are looked for. */
export const typed = (name: string | RegExp): string => (typeof name === 'string' ? name : /^\^\((.*?)[|)]/.exec(name.source)![1]!.replaceAll('\\', ''));
