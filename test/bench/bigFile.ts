import { mkdir, mkdtemp, open } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare, median, seconds, type Measurement } from './measure.ts';
import { startOurs } from './transferOurs.ts';
import { peersOf, remove } from './transferPeers.ts';
import { flag, onServers } from './transferServers.ts';

const MIB = 1024 ** 2;
const RCLONE = ['--s3-chunk-size', '16M', '--s3-upload-concurrency', '8', '--multi-thread-streams', '8', '--multi-thread-cutoff', '32M'];
/** Memory is measured while so much is moved; a server that holds objects in its own memory is spared it. */
const MEMORY_MIB = 4096;

/**
 * One large file (`--mib`, 1,024 by default) each way, against rclone and awscli on the same server in the same run: each
 * in turn, several times, medians compared. The peers leave a download to the system's cache; ours is on the disk when it
 * is done. Both are told: the peer as it is, and with a sync of its file.
 */
export async function bigFile(direction: 'up' | 'down', report: (measurement: Measurement) => void): Promise<void> {
  const mib = Number(flag('mib') ?? 1024);
  const rounds = Number(flag('rounds') ?? 3);
  const memoryMib = Number(flag('memory-mib') ?? MEMORY_MIB);
  const bench = direction === 'up' ? 'upload' : 'download';
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
  const source = path.join(folder, 'big.bin');
  const target = path.join(folder, 'here');
  try {
    await onServers(async (server) => {
      await fill(source, mib);
      const ours = await startOurs(server);
      try {
        const peers = await peersOf(server, folder, RCLONE, false);
        const times = new Map<string, number[]>();
        const time = async (name: string, work: () => Promise<unknown>) => times.set(name, [...(times.get(name) ?? []), await seconds(work)]);
        if (direction === 'down') await ours.up(source, '');
        let resident = 0;
        for (let round = 0; round < rounds; round += 1) {
          await mkdir(target);
          resident = Math.max(resident, await ours.residentOverIdle(() => time('ours', () => (direction === 'up' ? ours.up(source, 'ours/') : ours.down({ keys: ['big.bin'] }, target)))));
          await remove(target);
          for (const { name, up, down } of peers) {
            const copy = path.join(folder, 'peer.bin');
            if (direction === 'up') await time(name, () => up(source, 'peer.bin'));
            else {
              await time(name, () => down('big.bin', copy));
              await remove(copy);
              await time(`${name}, then sync of its file`, () => down('big.bin', copy).then(() => sync(copy)));
              await remove(copy);
            }
          }
        }
        const oursTook = median(times.get('ours')!);
        for (const [name, took] of times) {
          if (name !== 'ours') report(compare(bench, 's', oursTook, median(took), name, `${mib} MiB, ${server.name}, ${Math.round(mib / oursTook)} MiB/s, medians of ${rounds}`));
        }
        report(compare(`${bench}.resident`, 'MB', Math.max(1, resident), 300, 'limit', `${mib} MiB, ${server.name}, over idle`));
        if (server.name !== 'local lake' || memoryMib <= mib) return;
        await fill(source, memoryMib);
        await mkdir(target);
        const whole = await ours.residentOverIdle(() => (direction === 'up' ? ours.up(source, 'huge/') : ours.up(source, 'huge/').then(() => ours.down({ keys: ['huge/big.bin'] }, target))));
        report(compare(`${bench}.resident`, 'MB', Math.max(1, whole), 300, 'limit', `${memoryMib} MiB${direction === 'down' ? ' there and back' : ''}, ${server.name}, over idle`));
      } finally {
        await ours.stop();
        await remove(target);
      }
    });
  } finally {
    await remove(folder);
  }
}

async function sync(at: string): Promise<void> {
  const handle = await open(at, 'r');
  await handle.sync();
  await handle.close();
}

/** Bytes that do not compress. */
async function fill(at: string, mib: number): Promise<void> {
  const block = randomBytes(16 * MIB);
  const handle = await open(at, 'w');
  for (let done = 0; done < mib; done += 16) {
    block.writeUInt32LE(done, 0);
    await handle.write(block, 0, Math.min(16, mib - done) * MIB);
  }
  await handle.close();
}
