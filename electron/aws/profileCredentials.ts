import { AssumeRoleCommand, GetSessionTokenCommand, STSClient, type Credentials } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, RequestHandler } from '@smithy/types';
import type { Connection } from '../../shared/contract/connections.ts';
import { AppError } from '../../shared/errors.ts';
import type { MfaDesk } from './mfa.ts';
import { readProfiles } from './profiles.ts';

type Provider = () => Promise<AwsCredentialIdentity>;

/** Credentials are renewed when less than this is left of them, ms: a user who is asked for a code is not asked early. */
const LAST = 60_000;

/** Credentials that several clients, and for MFA several connections, share: loaded once, and again when they end. */
export class SharedCredentials {
  private readonly held = new Map<string, AwsCredentialIdentity>();
  private readonly loading = new Map<string, Promise<AwsCredentialIdentity>>();

  get(key: string, load: Provider): Promise<AwsCredentialIdentity> {
    const held = this.held.get(key);
    if (held && (held.expiration === undefined || held.expiration.getTime() - Date.now() > LAST)) return Promise.resolve(held);
    let loading = this.loading.get(key);
    if (!loading) {
      loading = load().then((fresh) => (this.held.set(key, fresh), fresh)).finally(() => this.loading.delete(key));
      this.loading.set(key, loading);
    }
    return loading;
  }

  forget(key: string): void {
    this.held.delete(key);
  }
}

/** The MFA device that getting this profile's credentials takes; undefined where it takes none. */
export async function mfaOf(profile: string): Promise<string | undefined> {
  const profiles = await readProfiles();
  const seen = new Set<string>();
  for (let at: string | undefined = profile; at !== undefined && !seen.has(at); at = profiles[at]?.source_profile) {
    seen.add(at);
    const section = profiles[at];
    // A device named beside plain keys counts for the profile itself only, as the AWS tools have it.
    if (section?.mfa_serial && (section.role_arn || at === profile)) return section.mfa_serial;
  }
  return undefined;
}

/** Under which name a profile's credentials are shared: those that cost a code by all connections of the profile that ask the same STS. */
export const sharedKey = ({ id, profile, region, endpoint, endpoints }: Connection, serial: string | undefined): string =>
  serial === undefined ? id : JSON.stringify([profile, region, endpoints?.sts ?? endpoint]);

/**
 * What a profile's section of ~/.aws leads to: keys, SSO, a program, a role by way of other profiles. Roles are assumed at
 * the connection's own STS. Keys with an `mfa_serial` and no role become a session by GetSessionToken.
 */
export function profileCredentials(connection: Connection, mfa: MfaDesk, requestHandler: RequestHandler<unknown, unknown, never>): Provider {
  const profile = connection.profile ?? 'default';
  const stsWith = (credentials: AwsCredentialIdentity) =>
    new STSClient({ region: connection.region, endpoint: connection.endpoints?.sts ?? connection.endpoint, credentials, requestHandler: requestHandler as never, userAgentAppId: 'secchi' });

  const withCode = async <T>(serial: string, use: (code: string) => Promise<T>): Promise<T> => {
    for (let refused = false; ; refused = true) {
      const code = await mfa.code(profile, serial, refused);
      try {
        return await use(code);
      } catch (error) {
        if (!isWrongCode(error)) throw error;
      }
    }
  };

  return async () => {
    const chain = fromIni({
      profile,
      // Without the cache: `~/.aws` is edited, and `aws sso login` runs, while the app does.
      ignoreCache: true,
      clientConfig: { requestHandler: requestHandler as never },
      // Asked for by the role below, where a wrong code can be asked for again.
      mfaCodeProvider: async () => '',
      async roleAssumer(source, { TokenCode: _later, ...params }) {
        const sts = stsWith(source);
        const assume = async (code?: string) => identityOf((await sts.send(new AssumeRoleCommand({ ...params, ...(code !== undefined && { TokenCode: code }) }))).Credentials, params.RoleArn ?? '');
        return params.SerialNumber ? withCode(params.SerialNumber, assume) : assume();
      },
    });
    const credentials = await chain();
    const { [profile]: section } = await readProfiles();
    if (!section?.mfa_serial || section.role_arn || credentials.sessionToken) return credentials;
    const SerialNumber = section.mfa_serial;
    return withCode(SerialNumber, async (TokenCode) => identityOf((await stsWith(credentials).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }))).Credentials, `profile “${profile}”`));
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: a wrong or used code is AccessDenied with these words. */
const isWrongCode = (error: unknown): boolean => error instanceof Error && /MultiFactorAuthentication failed|MFA one time pass code|tokenCode/i.test(error.message);

function identityOf(given: Credentials | undefined, what: string): AwsCredentialIdentity {
  if (!given?.AccessKeyId || !given.SecretAccessKey) throw new AppError('Unavailable', `STS gave no credentials for ${what}.`, { retryable: true });
  return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken, expiration: given.Expiration };
}
