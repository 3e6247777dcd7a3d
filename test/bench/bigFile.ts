import { mkdir, mkdtemp, open } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare, seconds, type Measurement } from './measure.ts';
import { startOurs } from './transferOurs.ts';
import { peersOf, remove } from './transferPeers.ts';
import { flag, onServers } from './transferServers.ts';

const MIB = 1024 ** 2;
const RCLONE = ['--s3-chunk-size', '16M', '--s3-upload-concurrency', '8', '--multi-thread-streams', '8', '--multi-thread-cutoff', '32M'];
/** Memory is measured while so much is moved; a server that holds objects in its own memory is spared it. */
const MEMORY_MIB = 4096;

/** One large file (`--mib`, 1,024 by default) each way, against rclone and awscli on the same server in the same run. */
export async function bigFile(direction: 'up' | 'down', report: (measurement: Measurement) => void): Promise<void> {
  const mib = Number(flag('mib') ?? 1024);
  const memoryMib = Number(flag('memory-mib') ?? MEMORY_MIB);
  const bench = direction === 'up' ? 'upload' : 'download';
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
  const source = path.join(folder, 'big.bin');
  const target = path.join(folder, 'here');
  try {
    await mkdir(target);
    await fill(source, mib);
    await onServers(async (server) => {
      const ours = await startOurs(server);
      try {
        const peers = await peersOf(server, folder, RCLONE, false);
        if (direction === 'down') await ours.up(source, '');
        let time = 0;
        const resident = await ours.residentOverIdle(async () => {
          time = await seconds(() => (direction === 'up' ? ours.up(source, 'ours/') : ours.down({ keys: ['big.bin'] }, target)));
        });
        for (const peer of peers) {
          const copy = path.join(folder, 'peer.bin');
          const peerTime = await seconds(() => (direction === 'up' ? peer.up(source, `peer-${peer.name.slice(0, 3)}.bin`) : peer.down('big.bin', copy)));
          await remove(copy);
          report(compare(bench, 's', time, peerTime, peer.name, `${mib} MiB, ${server.name}, ${Math.round(mib / time)} MiB/s`));
        }
        report(compare(`${bench}.resident`, 'MB', Math.max(1, resident), null, 'over idle', `${mib} MiB, ${server.name}`));
        if (server.name !== 'local lake' || memoryMib <= mib) return;
        await fill(source, memoryMib);
        const key = 'huge/big.bin';
        const whole = await ours.residentOverIdle(() => (direction === 'up' ? ours.up(source, 'huge/') : ours.up(source, 'huge/').then(() => ours.down({ keys: [key] }, target))));
        report(compare(`${bench}.resident`, 'MB', Math.max(1, whole), 300, 'limit', `${memoryMib} MiB${direction === 'down' ? ' there and back' : ''}, ${server.name}, over idle`));
      } finally {
        await ours.stop();
      }
      await fill(source, mib);
    });
  } finally {
    await remove(folder);
  }
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
