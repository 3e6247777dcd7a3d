import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openConnections, keysTo, type TestConnections } from '../../../support/connections.ts';

let test_: TestConnections;
beforeEach(async () => {
  test_ = await openConnections();
});
afterEach(() => test_.stop());

const AWS = { name: 'Prod', kind: 'environment', region: 'eu-west-1' } as const;

test('local is there, first, writable, and can be neither removed nor moved', async () => {
  const { aws } = test_;
  expect(aws.list()[0]).toMatchObject({ id: 'local', readOnly: false, kind: 'local' });
  expect(() => aws.assertWritable('local', 'write')).not.toThrow();
  await expect(aws.remove('local')).rejects.toMatchObject({ code: 'BadInput' });
  await expect(aws.update('local', { region: 'eu-west-1' })).rejects.toMatchObject({ code: 'BadInput' });
  expect(await aws.update('local', { colour: 'red' })).toMatchObject({ colour: 'red' });
});

describe('read-only', () => {
  test('a new AWS connection is, and refuses writing by name before AWS is asked', async () => {
    const { aws } = test_;
    const { id, readOnly } = await aws.create(AWS);
    expect(readOnly).toBe(true);
    expect(() => aws.assertWritable(id, 'delete 3 objects in s3://b')).toThrow(/“Prod” is read-only: refused to delete 3 objects in s3:\/\/b/);
    await aws.update(id, { readOnly: false });
    expect(() => aws.assertWritable(id, 'delete')).not.toThrow();
  });
});

test('connections outlive a restart, changes included', async () => {
  const { id } = await test_.aws.create(AWS);
  await test_.aws.update(id, { name: 'Renamed', colour: 'red', endpoint: 'https://lake.example' });
  await test_.aws.update(id, { endpoint: null });
  test_ = await test_.restart();
  expect(test_.aws.get(id)).toMatchObject({ name: 'Renamed', colour: 'red', readOnly: true });
  expect(test_.aws.get(id).endpoint).toBeUndefined();
  await test_.aws.remove(id);
  test_ = await test_.restart();
  expect(() => test_.aws.get(id)).toThrow(/no connection/);
});

test('who is billed: AWS itself, not the local lake, not another endpoint', async () => {
  const { aws } = test_;
  expect(aws.isBilled('local')).toBe(false);
  expect(aws.isBilled((await aws.create(AWS)).id)).toBe(true);
  expect(aws.isBilled((await aws.create({ ...AWS, endpoint: 'http://127.0.0.1:9000' })).id)).toBe(false);
  expect(aws.isBilled((await aws.create({ ...AWS, endpoint: 'https://athena.eu-west-1.amazonaws.com' })).id)).toBe(true);
});

describe('keys', () => {
  test('never come out, and without a keychain are gone after a restart, which says so', async () => {
    const created = await keysTo(test_.aws, 'http://127.0.0.1:1');
    expect(created.secretsKeptIn).toBe('memory');
    expect(JSON.stringify(test_.aws.list())).not.toMatch(/AKIDEXAMPLE|"secret"/);
    test_ = await test_.restart();
    const use = test_.aws.attempt({ connectionId: created.id, action: 'x', resource: 'y' }, async ({ sts }) => sts.config.credentials());
    await expect(use).rejects.toMatchObject({ code: 'CredentialsMissing', detail: expect.stringContaining('keychain') });
  });

  test('with a keychain they are kept, encrypted', async () => {
    await test_.stop();
    const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
    const keychain = { encrypt: async (text: string) => flip(Buffer.from(text)), decrypt: async (bytes: Buffer) => flip(bytes).toString() };
    test_ = await openConnections({ keychain });
    const { id, secretsKeptIn } = await keysTo(test_.aws, 'http://127.0.0.1:1');
    expect(secretsKeptIn).toBe('keychain');
    test_ = await test_.restart();
    const key = await test_.aws.attempt({ connectionId: id, action: 'x', resource: 'y' }, async ({ sts }) => (await sts.config.credentials()).accessKeyId);
    expect(key).toBe('AKIDEXAMPLE');
  });

  test('half a pair of keys is refused', async () => {
    await expect(test_.aws.create({ ...AWS, kind: 'keys' })).rejects.toMatchObject({ code: 'BadInput' });
    await expect(test_.aws.create({ ...AWS, kind: 'profile' })).rejects.toMatchObject({ code: 'BadInput' });
  });
});
