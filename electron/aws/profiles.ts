import { homedir } from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import type { FoundProfile } from '../../shared/contract/connections.ts';

type Section = Record<string, string | undefined>;

export interface Discovery {
  profiles: FoundProfile[];
  /** True where AWS_* variables of this process name credentials. */
  environment: boolean;
  /** The file the profiles were looked for in. */
  configFile: string;
  /** Why nothing could be read, where that is so. */
  problem?: string;
}

export const configFile = () => process.env.AWS_CONFIG_FILE || path.join(homedir(), '.aws', 'config');
export const credentialsFile = () => process.env.AWS_SHARED_CREDENTIALS_FILE || path.join(homedir(), '.aws', 'credentials');

/** Where the SDK's chain takes this profile's credentials from, in its own order of precedence. */
function sourceOf(profile: Section): FoundProfile['source'] {
  if (profile.role_arn && (profile.source_profile || profile.credential_source)) return 'role';
  if (profile.aws_access_key_id && profile.aws_secret_access_key) return 'keys';
  if (profile.web_identity_token_file && profile.role_arn) return 'web-identity';
  if (profile.credential_process) return 'process';
  if (profile.sso_session || profile.sso_start_url) return 'sso';
  return 'unknown';
}

function describe(name: string, profile: Section): FoundProfile {
  return {
    name,
    source: sourceOf(profile),
    region: profile.region,
    ssoSession: profile.sso_session ?? profile.sso_start_url,
    accountId: profile.sso_account_id ?? profile.role_arn?.split(':')[4] ?? profile.aws_account_id,
    roleName: profile.sso_role_name ?? profile.role_arn?.split('/').at(-1),
  };
}

/** ~/.aws as it is on disk now (AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE are followed), by profile name. */
export async function readProfiles(): Promise<Record<string, Section>> {
  const files = await loadSharedConfigFiles({ filepath: credentialsFile(), configFilepath: configFile(), ignoreCache: true });
  const profiles: Record<string, Section> = {};
  for (const [name, section] of Object.entries(files.configFile)) {
    // Other sections keep their kind in the name: `sso-session.x`, `services.y`.
    if (!/^(sso-session|services)\./.test(name)) profiles[name] = { ...section };
  }
  for (const [name, section] of Object.entries(files.credentialsFile)) profiles[name] = { ...profiles[name], ...section };
  return profiles;
}

/** The loader swallows what it cannot read; a person wants to know. */
async function problemReading(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return /^\s*\[.*__proto__.*\]/m.test(text) ? `${file} names a profile that is not allowed.` : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : `${file} cannot be read: ${(error as Error).message}`;
  }
}

/** What is on this machine to connect with. Secrets stay in the files. */
export async function discover(): Promise<Discovery> {
  const [profiles, ...problems] = await Promise.all([readProfiles(), problemReading(configFile()), problemReading(credentialsFile())]);
  const environment = Boolean(
    (process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY) ||
      process.env.AWS_WEB_IDENTITY_TOKEN_FILE ||
      process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI ||
      process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI,
  );
  return {
    profiles: Object.entries(profiles).map(([name, section]) => describe(name, section)),
    environment,
    configFile: configFile(),
    problem: problems.filter(Boolean).join(' ') || undefined,
  };
}
