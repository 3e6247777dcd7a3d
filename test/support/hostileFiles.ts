import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ODD = [' ', '  x', 'a b', '+', '%', '%2F', '%00', '&', '#', '?', '=', '~', '!', '*', "'", '"', '`', '$(x)', '\\', '|', '<b>', '>', ';', ':', '@', '{}', '[]', '^', ',', '.hidden', '..a', 'a..', '...', '-', '--help', 'CON', 'nul.txt', '\u00e9', 'e\u0301', '\u1112\u1161\u11ab', '\ud55c\uae00', '\u{1f600}', '\u{10ffff}', '\u200b', '\u202e', '\u00a0', 'tab\tin', 'nl\nin', 'cr\rin', '\u0001', '\u007f', 'A', 'a', 'trail ', 'trail.', 'x'.repeat(200)];

/** Makes `count` small files with names that trip programs up, in nested folders. */
export async function makeHostileFiles(dir: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const name = ODD[i % ODD.length]!;
    const folder = path.join(dir, ...(i < ODD.length ? [] : [`d ${Math.floor(i / ODD.length) % 7}+`, ...(i % 3 ? [ODD[(i * 7) % ODD.length]!.slice(0, 20).trim() || 'sp'] : [])]));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, i < ODD.length ? name : `${i}${name}`), `${i}:${name}`.repeat(i % 50));
  }
}

/** Every file below a folder with the SHA-256 of its content, sorted: equal for identical trees. */
export async function treeOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name));
  const lines = await Promise.all(files.map(async (file) => `${JSON.stringify(path.relative(dir, file))} ${createHash('sha256').update(await readFile(file)).digest('hex')}`));
  return lines.sort();
}
