import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SyncPlan } from '../../shared/contract/sync.ts';
import { startBackend, type TestBackend } from '../support/backend.ts';
import { compare, type Bench } from './measure.ts';

/** `--files N`: others. */
const FILES = Number(parseArgs({ options: { files: { type: 'string', default: '250000' } }, strict: false, allowPositionals: true }).values.files);
/** The most the backend may hold over idle, MB. */
const MOST_OVER_IDLE = 60;
const OPTIONS: SyncPlan['options'] = { compare: 'time', include: [], exclude: [], hidden: true, folders: true };

/** What the backend's process holds while it plans a sync of a folder of 250,000 files to an empty prefix, over what it held before. Linux only. */
export const bench: Bench = async (report) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-plan-'));
  const backend = await startBackend({ dataDir: path.join(dir, 'data') });
  try {
    const [few, many] = [await filesIn(path.join(dir, 'few'), 2_000), await filesIn(path.join(dir, 'many'), FILES)];
    await backend.client.s3Bucket.create({ connectionId: 'local', bucket: 'plans', versioning: false, objectLock: false, blockPublicAccess: false, tags: {} });
    await plan(backend, few); // everything is loaded
    const idle = await resident(backend.pid);
    let most = idle;
    const timer = setInterval(() => void resident(backend.pid).then((now) => now.all > most.all && (most = now)), 50);
    await plan(backend, many);
    clearInterval(timer);
    const note = `${FILES} files; idle ${Math.round(idle.all)} MB; of it files in memory ${Math.round(most.files - idle.files)} MB, of its own ${Math.round(most.own - idle.own)} MB; after ${Math.round((await resident(backend.pid)).all - idle.all)} MB`;
    report(compare('sync.planOverIdle', 'MB', most.all - idle.all, MOST_OVER_IDLE, 'the limit', note));
  } finally {
    await backend.stop();
    await rm(dir, { recursive: true, force: true });
  }
};

async function filesIn(folder: string, count: number): Promise<string> {
  for (let from = 0; from < count; from += 500) {
    const day = path.join(folder, `year=${2000 + ((from / 500) % 25)}`, `part=${from / 500}`);
    await mkdir(day, { recursive: true });
    await Promise.all(Array.from({ length: 500 }, (_, n) => writeFile(path.join(day, `events-${String(from + n).padStart(7, '0')}.json`), 'x')));
  }
  return folder;
}

async function plan({ client }: TestBackend, folder: string): Promise<void> {
  const { grant } = await client.app.grantPath({ path: folder, for: 'folder' });
  const { kind, folder: name } = await client.sync.folder({ grant });
  const { id } = await client.sync.plan({ from: { kind, folder: name }, to: { kind: 'bucket', connectionId: 'local', bucket: 'plans', prefix: 'to/' }, options: OPTIONS });
  let last: SyncPlan | undefined;
  for await (const seen of await client.sync.watch({ id })) last = seen;
  if (last?.state !== 'complete') throw new Error(`The plan ended as ${last?.state}: ${last?.error?.message}`);
}

/** MB a process holds: all, of its own, and files mapped into memory. */
async function resident(pid: number): Promise<{ all: number; own: number; files: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { all: of('VmRSS'), own: of('RssAnon'), files: of('RssFile') };
}
