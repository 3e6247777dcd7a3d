import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a running browser host leaves for a second start on the same data folder. Mode 0600: it holds the launch key. */
interface Announcement {
  pid: number;
  url: string;
}

const announcementFile = (appDir: string) => path.join(appDir, 'serve.json');

/** Whole or not at all, and never readable by others, not even for a moment. */
async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}`;
  await rm(aside, { force: true });
  await writeFile(aside, text, { mode: 0o600, flag: 'wx' });
  await chmod(aside, 0o600);
  await rename(aside, file);
}

async function read(appDir: string): Promise<Announcement | undefined> {
  try {
    return JSON.parse(await readFile(announcementFile(appDir), 'utf8')) as Announcement;
  } catch {
    return undefined; // none, or half a one of another version: as if none
  }
}

/** The address of the browser host already running on this data folder, if it is and answers. */
export async function findRunning(appDir: string): Promise<string | undefined> {
  const found = await read(appDir);
  if (!found) return undefined;
  try {
    process.kill(found.pid, 0);
    // A port number may have gone to someone else; only ours knows its own announcement's key.
    const { origin, hash } = new URL(found.url);
    const key = new URLSearchParams(hash.slice(1)).get('key');
    const response = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: JSON.stringify({ key }), signal: AbortSignal.timeout(2_000) });
    return response.ok ? found.url : undefined;
  } catch {
    return undefined; // left behind by a kill -9
  }
}

const redirectFile = (appDir: string) => path.join(appDir, 'open.html');

/** Leaves the address for the next start. The returned function takes it, and the redirect, away again. */
export async function announce(appDir: string, url: string): Promise<() => Promise<void>> {
  await writePrivate(announcementFile(appDir), JSON.stringify({ pid: process.pid, url } satisfies Announcement));
  return async () => {
    await rm(announcementFile(appDir), { force: true });
    await rm(redirectFile(appDir), { force: true });
  };
}

/**
 * A page of mode 0600 that leads to `url`: what a browser is started with, since others can read command lines.
 * Returns its path.
 */
export async function writeRedirect(appDir: string, url: string): Promise<string> {
  const file = redirectFile(appDir);
  const attribute = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await writePrivate(file, `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${attribute}"><title>Secchi</title>\n`);
  return file;
}
