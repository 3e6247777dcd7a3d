import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { discover } from '../../../../electron/aws/profiles.ts';
import { openConnections } from '../../../support/connections.ts';

let dir: string;
const config = () => path.join(dir, 'config');
const credentials = () => path.join(dir, 'credentials');

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-aws-'));
  vi.stubEnv('AWS_CONFIG_FILE', config());
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials());
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE']) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

test('every kind of profile is found, by what the chain would use', async () => {
  await writeFile(
    config(),
    `[default]
region = eu-central-1
[profile dev-sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Analyst
region = us-east-2
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile old-sso]
sso_start_url = https://old.awsapps.com/start
[profile assumed]
role_arn = arn:aws:iam::444455556666:role/path/LakeReader
source_profile = default
[profile tool]
credential_process = /usr/bin/get-keys
[profile web]
role_arn = arn:aws:iam::444455556666:role/Web
web_identity_token_file = /token
[services local]
s3 =
  endpoint_url = http://localhost:9000
`,
  );
  await writeFile(credentials(), '[default]\naws_access_key_id = AKIA\naws_secret_access_key = very-secret\n[only-here]\naws_access_key_id = AKIB\naws_secret_access_key = s\n');
  const found = await discover();
  expect(found).toMatchObject({ environment: false, configFile: config(), problem: undefined });
  expect(Object.fromEntries(found.profiles.map((profile) => [profile.name, profile]))).toMatchObject({
    default: { source: 'keys', region: 'eu-central-1' },
    'dev-sso': { source: 'sso', ssoSession: 'corp', accountId: '111122223333', roleName: 'Analyst', region: 'us-east-2' },
    'old-sso': { source: 'sso', ssoSession: 'https://old.awsapps.com/start' },
    assumed: { source: 'role', accountId: '444455556666', roleName: 'LakeReader' },
    tool: { source: 'process' },
    web: { source: 'web-identity' },
    'only-here': { source: 'keys' },
  });
  expect(found.profiles).toHaveLength(7);
  expect(JSON.stringify(found)).not.toContain('very-secret');
});

test('files that change are read anew; files that are not there are no problem', async () => {
  expect(await discover()).toMatchObject({ profiles: [], problem: undefined });
  await writeFile(config(), '[profile one]\nregion=eu-west-1\n');
  expect((await discover()).profiles.map(({ name }) => name)).toEqual(['one']);
  await writeFile(config(), '[profile two]\nregion=eu-west-1\n');
  expect((await discover()).profiles.map(({ name }) => name)).toEqual(['two']);
});

test('a file that cannot be read is named', async () => {
  vi.stubEnv('AWS_CONFIG_FILE', dir);
  expect((await discover()).problem).toContain(dir);
});

test('AWS_ variables of the environment are noticed', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  expect((await discover()).environment).toBe(true);
});

const whoAmI = async (profile: string) => {
  const { aws, stop } = await openConnections();
  const { id } = await aws.create({ name: profile, kind: 'profile', profile, region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' });
  try {
    return await aws.attempt({ connectionId: id, action: 'sts:GetCallerIdentity', resource: 'me' }, async ({ sts }) => (await sts.config.credentials()).accessKeyId);
  } finally {
    await stop();
  }
};

test('an expired SSO session asks to sign in, with the command', async () => {
  await writeFile(config(), "[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = A\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n");
  await expect(whoAmI('dev')).rejects.toMatchObject({ code: 'CredentialsExpired', signInCommand: 'aws sso login --profile dev', retryable: true });
});

test('a role that comes from an SSO profile asks to sign in there', async () => {
  await writeFile(config(), '[profile reader]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = dev\n[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = A\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n');
  await expect(whoAmI('reader')).rejects.toMatchObject({ code: 'CredentialsExpired', signInCommand: 'aws sso login --profile dev' });
});

test('a profile that is gone says so', async () => {
  await writeFile(config(), '[profile base]\naws_access_key_id=A\naws_secret_access_key=B\n');
  await expect(whoAmI('gone')).rejects.toMatchObject({ code: 'CredentialsMissing', detail: expect.stringContaining('gone') });
});

test('a profile never falls through to the environment: label and client agree (USERS 2)', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  await writeFile(config(), '[profile p]\naws_access_key_id=AKIAPROFILE\naws_secret_access_key=B\n');
  expect(await whoAmI('p')).toBe('AKIAPROFILE');
  await expect(whoAmI('gone')).rejects.toMatchObject({ code: 'CredentialsMissing' });
});

test('credential_process is run, and an edited file is seen by the next connection', async () => {
  await writeFile(config(), `[profile p]\ncredential_process = echo '{"Version":1,"AccessKeyId":"AKIATOOL","SecretAccessKey":"s"}'\n`);
  expect(await whoAmI('p')).toBe('AKIATOOL');
  await writeFile(config(), '[profile p]\naws_access_key_id=AKIANEW\naws_secret_access_key=B\n');
  expect(await whoAmI('p')).toBe('AKIANEW');
});

test('endpoints of the profile and of the environment become part of the connection', async () => {
  await writeFile(config(), '[profile minio]\nendpoint_url = http://minio.lan:9000\nservices = mine\n[services mine]\nglue =\n  endpoint_url = http://glue.lan\n');
  const { aws, stop } = await openConnections();
  const base = { name: 'x', kind: 'profile', region: 'eu-west-1' } as const;
  const minio = await aws.create({ ...base, profile: 'minio' });
  expect(minio).toMatchObject({ endpoint: 'http://minio.lan:9000', endpoints: { glue: 'http://glue.lan' } });
  expect(aws.isBilled(minio.id)).toBe(false);
  expect((await aws.create({ ...base, profile: 'minio', endpoint: 'http://other' })).endpoint).toBe('http://other');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://s3.lan');
  expect((await aws.create({ ...base, kind: 'environment' })).endpoints).toEqual({ s3: 'http://s3.lan' });
  await stop();
});
