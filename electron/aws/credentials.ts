import { createCredentialChain, fromContainerMetadata, fromEnv, fromHttp, fromInstanceMetadata, fromTokenFile } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, RequestHandler } from '@smithy/types';
import type { Connection } from '../../shared/contract/connections.ts';
import { AppError } from '../../shared/errors.ts';
import type { MfaDesk } from './mfa.ts';
import { profileCredentials } from './profileCredentials.ts';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface CredentialSource {
  /** Of a connection by keys. */
  keys: () => Promise<Keys>;
  /** Where a profile asks for the code of a device. */
  mfa: MfaDesk;
  /** Makes several clients take what was loaded once. */
  shared?: (load: () => Promise<AwsCredentialIdentity>) => () => Promise<AwsCredentialIdentity>;
}

/**
 * The credentials of exactly the source the connection names: a profile never falls through to the environment or to the
 * machine's own role, or label and client would differ.
 */
export function credentialsFor(connection: Connection, { keys, mfa, shared = (load) => load }: CredentialSource, requestHandler: RequestHandler<unknown, unknown, never>) {
  switch (connection.kind) {
    case 'local':
    case 'keys':
      return keys;
    case 'profile':
      return shared(profileCredentials(connection, mfa, requestHandler));
    case 'environment':
      return createCredentialChain(
        fromEnv(),
        fromTokenFile({ clientConfig: { requestHandler } }),
        fromHttp({ timeout: 1000, maxRetries: 0 }),
        fromContainerMetadata({ timeout: 1000, maxRetries: 0 }),
        fromInstanceMetadata({ timeout: 1000, maxRetries: 0 }),
      );
    default:
      throw new AppError('Internal', `Connection ${connection.id} is of an unknown kind.`);
  }
}
