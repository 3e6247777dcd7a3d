import type { Connection } from '../../shared/contract/connections.ts';
import { readProfiles } from './profiles.ts';

/** How the user of a connection gets credentials that are good again. */
export interface SignIn {
  /** To run in a terminal, where one command does it. */
  command?: string;
  /** What to do, in a sentence. */
  next: string;
}

const RETRY = 'Sign in again in a terminal, then choose Retry.';

const quoted = (profile: string) => (/^[\w.@-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", "'\\''")}'`);

/** The advice for each kind of profile; a role's is that of the profile it comes from. */
async function forProfile(name: string): Promise<SignIn> {
  const profiles = await readProfiles();
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at); at = profiles[at]?.source_profile) {
    seen.add(at);
    const profile = profiles[at];
    if (profile?.sso_session || profile?.sso_start_url) return { command: `aws sso login --profile ${quoted(at)}`, next: RETRY };
    if (profile?.login_session) return { command: `aws login --profile ${quoted(at)}`, next: RETRY };
    if (profile?.credential_process) return { next: `Sign in with the program that profile “${at}” takes its credentials from (credential_process), then choose Retry.` };
  }
  return { next: `Renew the keys of profile “${name}” in ~/.aws, then choose Retry.` };
}

export function signInOf(connection: Connection): Promise<SignIn> {
  switch (connection.kind) {
    case 'profile':
      return forProfile(connection.profile ?? 'default');
    case 'environment':
      return Promise.resolve({ next: 'Set the AWS_* variables anew and start Secchi again.' });
    default:
      return Promise.resolve({ next: 'Remove the connection and add it again with keys that are valid.' });
  }
}
