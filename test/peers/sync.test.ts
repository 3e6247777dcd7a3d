import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncPlan } from '../../shared/contract/sync.ts';
import { makeHostileFiles } from '../support/hostileFiles.ts';
import { missing, peer } from '../support/peers.ts';
import { below, startSyncLab, type SyncLab } from '../support/syncLab.ts';
import { BUCKET } from '../support/transfers.ts';

const reason = missing('aws', ['--version']);
const rcloneMissing = missing('rclone', ['version']);

/** The same trees for both: what aws would do, by name, against what is planned. */
describe.skipIf(reason)(reason ?? 'a sync is planned as aws s3 sync --dryrun does', () => {
  let lab: SyncLab;
  let folder: string;
  beforeAll(async () => {
    lab = await startSyncLab();
    folder = await lab.folder();
    await makeHostileFiles(folder, 60);
    await lab.carryOut(await lab.plan(await lab.at(folder), below('tree/')));
    await write('new.csv', 'new', -3600);
    await write('touched.csv', 'same size', -3600);
    await write('grown.csv', 'longer than before', -3600);
    await write('older.csv', 'unchanged', -3600);
    for (const [key, body] of [['touched.csv', 'SAME SIZE'], ['grown.csv', 'short'], ['older.csv', 'UNCHANGED'], ['only/at the target', 'x']]) await lab.put(`tree/${key}`, body!);
    await write('touched.csv', 'same size', 3600);
  });
  afterAll(() => lab?.close());

  async function write(name: string, content: string, seconds: number): Promise<void> {
    const at = path.join(folder, name);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, content);
    await utimes(at, Date.now() / 1000 + seconds, Date.now() / 1000 + seconds);
  }
  /** Keys below `tree/` and paths below the folder that aws names, by what it would do with them. */
  async function dryRun(...args: string[]): Promise<{ moved: string[]; deleted: string[] }> {
    const printed = await peer(lab.lake, 'aws', ['s3', 'sync', '--dryrun', ...args]);
    const lines = printed.split(/\n(?=\(dryrun\) )/).filter(Boolean);
    const nameOf = (line: string) => {
      const uri = /s3:\/\/bucket\/tree\/([\s\S]*?)(?: to [\s\S]*)?$/.exec(line.replace(/\n$/, ''));
      return uri ? uri[1]! : path.relative(folder, line.replace(/\n$/, '').replace(/^\(dryrun\) delete: /, ''));
    };
    const of = (action: RegExp) => lines.filter((line) => action.test(line)).map(nameOf).sort();
    return { moved: of(/^\(dryrun\) (upload|download|copy):/), deleted: of(/^\(dryrun\) delete:/) };
  }
  const planned = async (plan: SyncPlan) => {
    const { new: fresh = [], changed = [], gone = [] } = await lab.keysByKind(plan);
    return { moved: [...fresh, ...changed].sort(), deleted: gone.sort() };
  };

  it('to a bucket, with deletes', async () => {
    const ours = await planned(await lab.plan(await lab.at(folder), below('tree/')));
    expect(ours).toEqual({ moved: ['grown.csv', 'new.csv', 'touched.csv'], deleted: ['only/at the target'] });
    expect(await dryRun('--delete', folder, `s3://${BUCKET}/tree/`)).toEqual(ours);
  });

  it('between prefixes, with deletes', async () => {
    for (const name of ['a', 'b +%/c', 'older.csv']) await lab.put(`one/${name}`, name);
    await lab.carryOut(await lab.plan(below('one/'), below('two/')));
    await lab.put('two/only there', 'x');
    await lab.put('one/older.csv', 'changed since');
    const ours = await planned(await lab.plan(below('one/'), below('two/')));
    expect(ours).toEqual({ moved: ['older.csv'], deleted: ['only there'] });
    const printed = await peer(lab.lake, 'aws', ['s3', 'sync', '--dryrun', '--delete', `s3://${BUCKET}/one/`, `s3://${BUCKET}/two/`]);
    expect(printed.trim().split('\n').sort()).toEqual([`(dryrun) copy: s3://${BUCKET}/one/older.csv to s3://${BUCKET}/two/older.csv`, `(dryrun) delete: s3://${BUCKET}/two/only there`]);
  });

  it('a folder that was synced down is the same for aws too', async () => {
    for (const name of ['a', 'b/c']) await lab.put(`plain/${name}`, name);
    const to = await lab.folder();
    await lab.carryOut(await lab.plan(below('plain/'), await lab.at(to)));
    expect(await peer(lab.lake, 'aws', ['s3', 'sync', '--dryrun', '--exact-timestamps', '--delete', `s3://${BUCKET}/plain/`, to])).toBe('');
    expect(await readFile(path.join(to, 'b/c'), 'utf8')).toBe('b/c');
    await rm(to, { recursive: true });
  });

  it.skipIf(rcloneMissing)(rcloneMissing ?? 'rclone reads the times an upload kept, and finds nothing to do', async () => {
    const from = await lab.folder();
    for (const name of ['a', 'b/c']) {
      await mkdir(path.dirname(path.join(from, name)), { recursive: true });
      await writeFile(path.join(from, name), name);
      await utimes(path.join(from, name), 1_700_000_000.123, 1_700_000_000.456);
    }
    await lab.carryOut(await lab.plan(await lab.at(from), below('times/')));
    const env = { RCLONE_CONFIG_LAKE_TYPE: 's3', RCLONE_CONFIG_LAKE_PROVIDER: 'Other', RCLONE_CONFIG_LAKE_ENV_AUTH: 'true', RCLONE_CONFIG_LAKE_ENDPOINT: lab.lake.endpoint, RCLONE_CONFIG_LAKE_REGION: lab.lake.region };
    const seen = await peer(lab.lake, 'rclone', ['lsjson', '-R', '--files-only', '--config', '/dev/null', `LAKE:${BUCKET}/times`], { env });
    expect((JSON.parse(seen) as { ModTime: string }[]).map(({ ModTime }) => new Date(ModTime).getTime())).toEqual([1_700_000_000_456, 1_700_000_000_456]);
  });
});
