import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedCredentials } from '../../../../electron/aws/profileCredentials.ts';
import { refuse, startAwsServer, type AwsServer } from '../../../support/awsServer.ts';
import { openConnections, type TestConnections } from '../../../support/connections.ts';
import { eventually } from '../../../support/eventually.ts';

const DEVICE = 'arn:aws:iam::123456789012:mfa/analyst';
let dir: string;
let sts: AwsServer;
let connections: TestConnections;
/** Codes that were taken: AWS takes each once. */
let used: Set<string>;

const answer = (action: string, inner: string) => `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result></${action}Response>`;
const session = (key: string) => `<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials>`;

beforeEach(async () => {
  used = new Set();
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-roles-'));
  vi.stubEnv('AWS_CONFIG_FILE', path.join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(dir, 'credentials'));
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  sts = await startAwsServer((request, response) => {
    const asked = new URLSearchParams(request.body);
    const action = asked.get('Action') ?? '';
    const code = asked.get('TokenCode');
    if (asked.get('SerialNumber') && (code !== '123456' && code !== '654321' || used.has(code))) {
      return refuse(request, response, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
    }
    if (code) used.add(code);
    if (action === 'AssumeRole') return response.end(answer(action, `${session(`ASIA${asked.get('RoleArn')!.split('/').at(-1)!.toUpperCase()}`)}<AssumedRoleUser><Arn>a</Arn><AssumedRoleId>i</AssumedRoleId></AssumedRoleUser>`));
    if (action === 'GetSessionToken') return response.end(answer(action, session('ASIASESSION')));
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return response.end(answer('GetCallerIdentity', `<Arn>arn:aws:sts::123456789012:${key}</Arn><UserId>u</UserId><Account>123456789012</Account>`));
  });
  await writeFile(
    path.join(dir, 'config'),
    `[profile base]
region = eu-west-1
aws_access_key_id = AKIABASE
aws_secret_access_key = secret
[profile reader]
role_arn = arn:aws:iam::123456789012:role/reader
source_profile = base
[profile chained]
role_arn = arn:aws:iam::123456789012:role/chained
source_profile = reader
[profile admin]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = base
mfa_serial = ${DEVICE}
[profile keys-with-device]
aws_access_key_id = AKIABASE
aws_secret_access_key = secret
mfa_serial = ${DEVICE}
`,
  );
  connections = await openConnections();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await connections.stop();
  await sts.close();
  await rm(dir, { recursive: true, force: true });
});

const connect = async (profile: string) => (await connections.aws.create({ name: profile, kind: 'profile', profile, region: 'eu-west-1', endpoint: sts.endpoint })).id;
const whoAmI = (connectionId: string) =>
  connections.aws.attempt({ connectionId, action: 'sts:GetCallerIdentity', resource: 'the connection' }, async (clients) => (await clients.sts.send(new GetCallerIdentityCommand({}))).Arn);
const asked = async () => {
  await eventually(async () => connections.aws.mfa.current().length > 0);
  return connections.aws.mfa.current()[0]!;
};

test('a role is assumed with its source profile, at the endpoint of the connection, once for all clients', async () => {
  const id = await connect('reader');
  expect(await whoAmI(id)).toBe('arn:aws:sts::123456789012:ASIAREADER');
  const clients = await connections.aws.clients(id);
  for (const client of [clients.s3, clients.glue, clients.athena]) expect((await client.config.credentials()).accessKeyId).toBe('ASIAREADER');
  expect(sts.requests.filter(({ body }) => body.includes('AssumeRole'))).toHaveLength(1);
});

test('a role reached by way of another role', async () => {
  expect(await whoAmI(await connect('chained'))).toBe('arn:aws:sts::123456789012:ASIACHAINED');
});

test('a role with an MFA device asks once for its code, whoever waits: all clients, and other connections of the profile', async () => {
  const [one, other] = [await connect('admin'), await connect('admin')];
  const waiting = [whoAmI(one), whoAmI(one), whoAmI(other)];
  const question = await asked();
  expect(question).toMatchObject({ profile: 'admin', serial: DEVICE, refused: false });
  expect(connections.aws.mfa.current()).toHaveLength(1);
  connections.aws.mfa.answer(question.id, '123456');
  expect(await Promise.all(waiting)).toEqual(Array(3).fill('arn:aws:sts::123456789012:ASIAADMIN'));
  expect(connections.aws.mfa.current()).toEqual([]);
  connections.aws.refresh(one);
  expect(await whoAmI(one), 'a session that works is kept').toBe('arn:aws:sts::123456789012:ASIAADMIN');
  expect(used).toEqual(new Set(['123456']));
});

test('a wrong code is asked for again, and the question says so', async () => {
  const waiting = whoAmI(await connect('admin'));
  connections.aws.mfa.answer((await asked()).id, '000000');
  await eventually(async () => connections.aws.mfa.current()[0]?.refused === true);
  connections.aws.mfa.answer((await asked()).id, '654321');
  expect(await waiting).toBe('arn:aws:sts::123456789012:ASIAADMIN');
});

test('a dismissed question fails what waits, does not come back by itself, and does after Retry', async () => {
  const id = await connect('admin');
  const waiting = whoAmI(id);
  waiting.catch(() => undefined);
  const { id: question } = await asked();
  connections.aws.mfa.dismiss(question);
  await expect(waiting).rejects.toMatchObject({ code: 'CredentialsMissing', message: expect.stringContaining(DEVICE), detail: expect.stringContaining('Retry') });
  await expect(whoAmI(id)).rejects.toMatchObject({ code: 'CredentialsMissing' });
  expect(() => connections.aws.mfa.answer(question, '123456')).toThrow(/is over/);
  connections.aws.refresh(id);
  const again = whoAmI(id);
  connections.aws.mfa.answer((await asked()).id, '123456');
  expect(await again).toBe('arn:aws:sts::123456789012:ASIAADMIN');
});

test('credentials that are shared are loaded again when they are about to end', async () => {
  const shared = new SharedCredentials();
  const lasting = (id: string, ms: number) => shared.get('k', async () => ({ accessKeyId: id, secretAccessKey: 's', expiration: new Date(Date.now() + ms) }));
  expect((await lasting('first', 30_000)).accessKeyId).toBe('first');
  expect((await lasting('second', 3_600_000)).accessKeyId).toBe('second');
  expect((await lasting('third', 3_600_000)).accessKeyId).toBe('second');
  shared.forget('k');
  expect((await lasting('fourth', 3_600_000)).accessKeyId).toBe('fourth');
});

test('keys with an MFA device and no role become a session of that device', async () => {
  const waiting = whoAmI(await connect('keys-with-device'));
  connections.aws.mfa.answer((await asked()).id, '123456');
  expect(await waiting).toBe('arn:aws:sts::123456789012:ASIASESSION');
});
