import { createCredentialChain, fromContainerMetadata, fromEnv, fromHttp, fromIni, fromInstanceMetadata, fromTokenFile } from '@aws-sdk/credential-providers';
import type { RequestHandler } from '@smithy/types';
import type { Connection } from '../../shared/contract/connections.ts';
import { AppError } from '../../shared/errors.ts';

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/**
 * The credentials of exactly the source the connection names: a profile never falls through to the environment or to the
 * machine's own role, or label and client would differ.
 */
export function credentialsFor(connection: Connection, keys: () => Promise<Keys>, requestHandler: RequestHandler<unknown, unknown, never>) {
  switch (connection.kind) {
    case 'local':
    case 'keys':
      return keys;
    case 'profile':
      // Without the cache: `~/.aws` is edited, and `aws sso login` runs, while the app does.
      return fromIni({ profile: connection.profile ?? 'default', ignoreCache: true, clientConfig: { requestHandler } });
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
