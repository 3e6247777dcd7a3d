import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../renderer/client.ts';
import { startInProcess, type InProcessBackend } from '../support/inProcessBackend.ts';
import { startMoto } from '../support/moto.ts';
import { missing } from '../support/peers.ts';

const reason = missing('moto_server', ['--help']);

/** Roles against another STS than our own test server's. moto takes any code of an MFA device. */
describe.skipIf(reason)(reason ?? 'sign-in by a role on moto_server', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let backend: InProcessBackend;
  let client: Client;
  const dir = mkdtempSync(path.join(tmpdir(), 'secchi-roles-'));

  beforeAll(async () => {
    moto = await startMoto();
    writeFileSync(
      path.join(dir, 'config'),
      `[profile base]
region = eu-west-1
aws_access_key_id = AKIAMOTO
aws_secret_access_key = secret
endpoint_url = ${moto.endpoint}
[profile reader]
role_arn = arn:aws:iam::123456789012:role/lake/Reader
source_profile = base
region = eu-west-1
endpoint_url = ${moto.endpoint}
[profile admin]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me
role_session_name = me
endpoint_url = ${moto.endpoint}
`,
    );
    vi.stubEnv('AWS_CONFIG_FILE', path.join(dir, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(dir, 'credentials'));
    backend = await startInProcess();
    ({ client } = await backend.connect());
  });
  afterAll(async () => {
    await backend?.stop();
    moto?.stop();
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true, force: true });
  });

  const connect = async (profile: string) => (await client.connections.create({ name: profile, kind: 'profile', profile, region: 'eu-west-1' })).id;

  it('a profile with role_arn and source_profile is found, and is that role', async () => {
    expect((await client.connections.discover()).profiles).toContainEqual(expect.objectContaining({ name: 'reader', source: 'role', roleName: 'Reader', accountId: '123456789012' }));
    const connectionId = await connect('reader');
    expect(await client.connections.identity({ connectionId })).toMatchObject({ account: '123456789012', arn: expect.stringContaining('assumed-role/Reader/'), expiresAt: expect.any(String) });
    await client.connections.update({ id: connectionId, readOnly: false });
    await client.s3Bucket.create({ connectionId, bucket: 'by-a-role', region: 'eu-west-1', blockPublicAccess: false, versioning: false, objectLock: false, tags: {} });
    expect((await client.s3.buckets({ connectionId })).map(({ name }) => name)).toContain('by-a-role');
  });

  it('a role with an MFA device asks through the contract, and is used after the answer', async () => {
    const connectionId = await connect('admin');
    const identity = client.connections.identity({ connectionId });
    for await (const [question] of await client.connections.watchMfa()) {
      if (!question) continue;
      expect(question).toMatchObject({ profile: 'admin', serial: 'arn:aws:iam::123456789012:mfa/me' });
      await expect(client.connections.answerMfa({ id: question.id, code: 'no code' })).rejects.toMatchObject({ code: 'BadInput' });
      await client.connections.answerMfa({ id: question.id, code: '123456' });
      break;
    }
    expect((await identity).arn).toMatch(/assumed-role\/Admin\/me$/);
  });
});
