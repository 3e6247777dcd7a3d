import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLake, type TestLake } from '../support/lake.ts';
import { missing, peer } from '../support/peers.ts';

const reason = missing('python3', ['-c', 'import boto3']);
const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'boto3_s3.py');

describe.skipIf(reason)(reason ?? 'boto3 on the local lake', () => {
  let lake: TestLake;
  beforeAll(async () => void (lake = await startLake()));
  afterAll(async () => void (await lake?.stop()));

  it.each(['path', 'virtual'])('puts, gets, lists, copies, presigns, uploads in parts and deletes, %s style', async (style) => {
    expect(await peer(lake, 'python3', [script, style])).toBe('ok\n');
  });
});
