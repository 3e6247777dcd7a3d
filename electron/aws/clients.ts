import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from '../../shared/contract/connections.ts';
import { log } from '../log.ts';
import { credentialsFor, type CredentialSource } from './credentials.ts';
import { exactIntegers } from './exactIntegers.ts';
import { createLeanS3 } from './leanS3.ts';
import { RegionAwareS3Client } from './regionAwareS3.ts';
import { answersAreWhole } from './wholeAnswers.ts';
import type { AwsClients } from './types.ts';

// The versions are pinned (package.json): a warning about later ones is no news for users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Warnings go to the log; the rest of what the SDK tells would put inputs there. */
const quiet = () => undefined;
const logger = { trace: quiet, debug: quiet, info: quiet, error: quiet, warn: (...text: unknown[]) => log.warn('aws', ...text) };

/** Sockets to one host: enough for parts in parallel across files, few enough for a home router. */
const SOCKETS = 128;
/** S3 sends white space while it completes or copies something large, so silence means that nobody is there. */
const SOCKET_TIMEOUT_MS = 30_000;

export interface ClientSource extends CredentialSource {
  connection: Connection;
  /** A socket that says nothing for this long is given up, ms. */
  socketTimeout?: number | undefined;
  /** Whether requests about a bucket say that we pay for them. */
  pays?: (bucket: string | undefined) => boolean;
}

/** Clients of one connection with one pool of sockets, and how to end them. */
export interface OwnedClients extends AwsClients {
  destroy(): void;
}

/**
 * Some stores refuse the SDK's newer default checksums; what we send ourselves is sent anyway.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
 */
function checksumSettings({ kind, checksums = 'full' }: Connection, isOther: boolean) {
  const required = 'WHEN_REQUIRED' as const;
  const supported = 'WHEN_SUPPORTED' as const;
  if (checksums === 'md5' || checksums === 'none') return { requestChecksumCalculation: required, responseChecksumValidation: required };
  return { requestChecksumCalculation: isOther && kind !== 'local' ? required : supported };
}

/**
 * The one factory. Adaptive retry slows down by itself on SlowDown and throttling; a connection that does not open in
 * 5 s, and a socket that falls silent, are given up and tried again (FAULTS 19).
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/configuring-the-jssdk.html
 */
export function makeClients({ connection, socketTimeout = SOCKET_TIMEOUT_MS, pays = () => false, ...source }: ClientSource): OwnedClients {
  const agents = { keepAlive: true, maxSockets: SOCKETS, maxFreeSockets: SOCKETS, scheduling: 'lifo' as const };
  const httpAgent = new HttpAgent(agents);
  const httpsAgent = new HttpsAgent(agents);
  const requestHandler = new NodeHttpHandler({ httpAgent, httpsAgent, connectionTimeout: 5_000, socketTimeout });
  const endpointOf = (service: string) => connection.endpoints?.[service] ?? connection.endpoint;
  const common = {
    region: connection.region,
    credentials: credentialsFor(connection, source, requestHandler as never),
    requestHandler,
    retryMode: 'adaptive',
    maxAttempts: 5,
    userAgentAppId: 'secchi',
    logger,
  };
  const ownS3 = endpointOf('s3');
  const s3 = new RegionAwareS3Client(
    {
      ...common,
      endpoint: ownS3,
      // `bucket.localhost` and `bucket.minio.lan` do not resolve everywhere.
      forcePathStyle: ownS3 !== undefined,
      ...checksumSettings(connection, ownS3 !== undefined),
    },
    pays,
    connection.checksums === 'md5',
  );
  const glue = new GlueClient({ ...common, endpoint: endpointOf('glue') });
  const athena = new AthenaClient({ ...common, endpoint: endpointOf('athena') });
  const sts = new STSClient({ ...common, endpoint: endpointOf('sts') });
  glue.middlewareStack.use(answersAreWhole);
  athena.middlewareStack.use(answersAreWhole);
  const redshiftData = new RedshiftDataClient({ ...common, endpoint: endpointOf('redshift-data') });
  redshiftData.middlewareStack.use(answersAreWhole);
  redshiftData.middlewareStack.use(exactIntegers);
  const leanS3 = createLeanS3((bucket) => (pays(bucket) ? undefined : s3.clientFor(bucket)), { httpAgent, httpsAgent });
  return {
    ...{ s3, leanS3 },
    glue,
    athena,
    redshiftData,
    sts,
    destroy() {
      for (const client of [s3, glue, athena, redshiftData, sts]) client.destroy();
      leanS3.close();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
