import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3TiersHandlers } from '../../../electron/services/s3Tiers/index.ts';
import type { Mask, ScanState } from '../../../shared/contract/s3Tiers.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

let lab: TransferLab;
beforeAll(async () => {
  process.env.SECCHI_RESTORE_MS = '400';
  lab = await startTransferLab();
});
afterAll(async () => {
  delete process.env.SECCHI_RESTORE_MS;
  await lab.close();
});

const at = { connectionId: 'local', bucket: BUCKET };
const tiers = () => s3TiersHandlers(lab.backend.context);
const archive = (key: string) => tiers().archive({ input: { ...at, key } });
const restore = async (what: { keys?: string[]; prefixes?: string[]; mask?: Mask }, tier: 'Expedited' | 'Standard' | 'Bulk' = 'Standard') =>
  lab.until((await lab.handlers.restore({ input: { ...at, keys: [], prefixes: [], days: 3, tier, ...what } })).id, ended);

async function scan(prefix: string): Promise<ScanState> {
  let last: ScanState | undefined;
  for await (const state of await tiers().scan({ input: { ...at, keys: [], prefixes: [prefix], noncurrent: false } })) last = state as ScanState;
  return last!;
}

describe('archived objects', () => {
  test('are restored below a prefix; what is not archived is left; the list says how each stands', async () => {
    await lab.put('cold/a', 'aaa', { StorageClass: 'GLACIER' });
    await lab.put('cold/b', 'bb', { StorageClass: 'DEEP_ARCHIVE' });
    await lab.put('cold/warm', 'w');
    expect(await archive('cold/a')).toMatchObject({ storageClass: 'GLACIER', state: 'archived' });
    expect(await scan('cold/')).toMatchObject({ archivedKeys: ['cold/a', 'cold/b'] });

    expect(await restore({ prefixes: ['cold/'] })).toMatchObject({ state: 'done', filesTotal: 2, filesDone: 2 });
    expect((await tiers().restores({ input: { connectionId: 'local' } })).map(({ key, tier, days }) => [key, tier, days]).sort()).toEqual([['cold/a', 'Standard', 3], ['cold/b', 'Standard', 3]]);
    await expect.poll(async () => (await archive('cold/a')).state).toBe('restored');
    expect(Date.parse((await archive('cold/a')).until!)).toBeGreaterThan(Date.now());
    await expect.poll(async () => (await scan('cold/')).cells.map((cell) => cell.archive).sort()).toEqual(['none', 'restored', 'restored']);
    expect(Buffer.from(await lab.bytes('cold/a')).toString()).toBe('aaa');
  });

  test('that are on the way or restored are not asked for again below a prefix, and kept longer where they are named', async () => {
    expect(await restore({ prefixes: ['cold/'] })).toMatchObject({ state: 'done', filesTotal: 0 });
    expect(await restore({ keys: ['cold/a'] })).toMatchObject({ state: 'done', filesDone: 1 });
  });

  test('a download says that the object is archived and what to do, and works once it is restored', async () => {
    await lab.put('frozen', 'ice', { StorageClass: 'GLACIER' });
    const to = await lab.folder();
    const refused = await lab.download({ keys: ['frozen'] }, to);
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'Conflict', awsCode: 'InvalidObjectState', message: 's3://bucket/frozen is archived (GLACIER) and cannot be read.' } });
    expect(refused.error?.detail).toContain('Restore');
    await restore({ keys: ['frozen'] }, 'Expedited');
    await expect.poll(async () => (await archive('frozen')).state).toBe('restored');
    await lab.handlers.retry({ input: { id: refused.id } });
    expect(await lab.until(refused.id, ended)).toMatchObject({ state: 'done' });
  });

  test('change class only once they are restored; before, they are left', async () => {
    await lab.put('move/frozen', 'ice', { StorageClass: 'GLACIER' });
    const change = async () => lab.until((await lab.handlers.changeStorageClass({ input: { ...at, keys: [], prefixes: ['move/'], storageClass: 'STANDARD' } })).id, ended);
    expect(await change()).toMatchObject({ state: 'done', filesTotal: 0 });
    await restore({ keys: ['move/frozen'] });
    await expect.poll(async () => (await archive('move/frozen')).state).toBe('restored');
    expect(await change()).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await archive('move/frozen')).toEqual({ storageClass: 'STANDARD', state: 'none' });
  });

  test('the list forgets what is over, and only that', async () => {
    await lab.put('later', 'x', { StorageClass: 'GLACIER' });
    process.env.SECCHI_RESTORE_MS = '400';
    await restore({ keys: ['later'] });
    await expect.poll(async () => (await archive('later')).state).toBe('restored');
    await tiers().clearRestores({ input: { connectionId: 'local' } });
    expect(await tiers().restores({ input: { connectionId: 'local' } })).toEqual([]);
  });

  test('a tier the class does not have is refused in the service’s words, and not listed as a restore', async () => {
    await lab.put('deep', 'x', { StorageClass: 'DEEP_ARCHIVE' });
    const refused = await restore({ keys: ['deep'] }, 'Expedited');
    expect(refused.state).toBe('failed');
    expect(refused.error?.resource).toBe('s3://bucket/deep');
    expect((await tiers().restores({ input: { connectionId: 'local' } })).map(({ key }) => key)).not.toContain('deep');
  });
});
