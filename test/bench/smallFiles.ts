import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { compare, seconds, type Bench } from './measure.ts';
import { startOurs } from './transferOurs.ts';
import { peersOf, remove } from './transferPeers.ts';
import { flag, onServers } from './transferServers.ts';

const BYTES = 4096;
const A_FOLDER = 500;

/**
 * 10,000 files (`--files`) of 4 KiB each way, against rclone with 32 transfers and awscli with 32 requests. Ours are on the disk
 * when they are done; the peers' are told as they are, and with a sync of the file system. Nothing is removed before the
 * end: ext4 passes over inodes that were removed in the last minutes one by one, which slows whoever makes files next.
 */
export const bench: Bench = async (report) => {
  const files = Number(flag('files') ?? 10_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
  const tree = path.join(folder, 'tree');
  try {
    await fill(tree, files);
    await onServers(async (server) => {
      const ours = await startOurs(server);
      try {
        const peers = await peersOf(server, folder, ['--transfers', '32', '--checkers', '32'], true);
        const up = await seconds(() => ours.up(tree, ''));
        const target = path.join(folder, `${server.name}-ours`);
        await mkdir(target);
        const down = await seconds(() => ours.down({ prefixes: ['tree/'] }, target));
        const arrived = (await readdir(target, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
        if (arrived !== files) throw new Error(`${arrived} of ${files} files arrived.`);
        for (const peer of peers) {
          const prefix = `peer-${peer.name.slice(0, 3)}/`;
          const copy = path.join(folder, `${server.name}-peer-${peer.name.slice(0, 3)}`);
          const note = `${files} files of ${BYTES} bytes, ${server.name}`;
          report(compare('small-files.up', 's', up, await seconds(() => peer.up(tree, prefix)), peer.name, note));
          const theirs = await seconds(() => peer.down(prefix, copy));
          report(compare('small-files.down', 's', down, theirs, peer.name, note));
          const synced = theirs + (await seconds(() => promisify(execFile)('sync', ['-f', copy])));
          report(compare('small-files.down', 's', down, synced, `${peer.name}, then sync -f`, note));
        }
      } finally {
        await ours.stop();
      }
    });
  } finally {
    await remove(folder);
  }
};

async function fill(tree: string, files: number): Promise<void> {
  for (let n = 0; n < files; n += 1) {
    const folder = path.join(tree, `folder-${Math.floor(n / A_FOLDER)}`);
    if (n % A_FOLDER === 0) await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `file-${String(n).padStart(5, '0')}.bin`), randomBytes(BYTES));
  }
}
