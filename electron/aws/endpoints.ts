import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { configFile, credentialsFile } from './profiles.ts';

const SERVICES = ['s3', 'glue', 'athena', 'sts', 'redshift-data'] as const;

export interface Endpoints {
  endpoint?: string | undefined;
  endpoints?: Record<string, string> | undefined;
}

/**
 * Endpoints that AWS's own settings name for a profile: AWS_ENDPOINT_URL[_SERVICE], then `endpoint_url` and `services` of
 * the profile. They are made part of the connection, so that what it shows is where it goes.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function configuredEndpoints(profileName: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<Endpoints> {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return {};
  const files = await loadSharedConfigFiles({ filepath: credentialsFile(), configFilepath: configFile(), ignoreCache: true });
  const profile = profileName === undefined ? {} : (files.configFile[profileName] ?? {});
  const services = profile.services ? (files.configFile[`services.${profile.services}`] ?? {}) : {};
  const named = SERVICES.flatMap((service) => {
    const url = env[`AWS_ENDPOINT_URL_${service.toUpperCase().replace('-', '_')}`] ?? services[`${service.replace('-', '_')}.endpoint_url`];
    return url ? [[service, url] as const] : [];
  });
  return {
    endpoint: env.AWS_ENDPOINT_URL || profile.endpoint_url || undefined,
    endpoints: named.length > 0 ? Object.fromEntries(named) : undefined,
  };
}
