import { ServiceError } from '../../http/serviceError.ts';
import type { Configuration } from '../configurations/simple.ts';
import { configurationHeaders, simpleConfigurations } from '../configurations/simple.ts';
import { conform, toXml, type Tree } from '../configurations/shape.ts';
import { xmlResponse, type Operation, type S3Context } from '../context.ts';
import type { NamedOperation } from '../operationTable.ts';
import { document, element, parseXml, type Xml } from '../xml.ts';

export interface ConfigurationRow extends NamedOperation {
  method: string;
  /** The query parameter. */
  resource: string;
}
/** What is kept of one configuration: its XML, and the headers that belong to it. */
interface Kept {
  xml: string;
  headers: Record<string, string>;
}

const xmlOf = (configuration: Configuration, tree: Tree) => document(configuration.root, [{ xml: toXml(tree) }]);

const read = (configuration: Configuration): Operation => async ({ store, bucket }) => {
  const kept = store.bucket(bucket).configurations?.[configuration.resource] as Kept | undefined;
  if (kept) return xmlResponse(document(configuration.root, [{ xml: kept.xml }]), kept.headers);
  const { absent } = configuration;
  if ('code' in absent && 'message' in absent) throw new ServiceError(absent.code as string, absent.message as string, 404, { BucketName: bucket });
  return xmlResponse(xmlOf(configuration, absent));
};

const write = (configuration: Configuration): Operation => async (context) => {
  const { store, bucket, payload } = context;
  store.bucket(bucket);
  const given = conform(parseXml(await payload.text(), configuration.root), configuration);
  const tree = configuration.check?.(given, context) ?? given;
  const headers = configurationHeaders(configuration, context);
  await keep(context, configuration.resource, { xml: toXml(tree), headers });
  return { status: configuration.putStatus ?? 200, headers };
};

const remove = (resource: string): Operation => async (context) => {
  context.store.bucket(context.bucket);
  await keep(context, resource, undefined);
  return { status: 204 };
};

export async function keep({ store, bucket }: S3Context, resource: string, value: unknown): Promise<void> {
  await store.updateBucket(bucket, ({ configurations, ...before }) => {
    const { [resource]: _, ...others } = configurations ?? {};
    return { ...before, configurations: value === undefined ? others : { ...others, [resource]: value } };
  });
}

/** What AWS answers of a bucket on which the thing was never configured: it cannot be configured here. */
const never = (name: string, resource: string, code: string, message: string): ConfigurationRow => ({
  name,
  method: 'GET',
  resource,
  run: async ({ store, bucket }) => {
    store.bucket(bucket);
    throw new ServiceError(code, message, 404, { BucketName: bucket });
  },
});
/** A list in which there can be nothing; of a single one it says that there is none. */
const emptyList = (name: string, resource: string, root: string): ConfigurationRow => ({
  name,
  method: 'GET',
  resource,
  run: async ({ store, bucket, query }) => {
    store.bucket(bucket);
    if (query.has('id')) throw new ServiceError('NoSuchConfiguration', 'The specified configuration does not exist.', 404);
    return xmlResponse(document(root, [element('IsTruncated', false)]));
  },
});

/** The owner may do everything, as on a bucket with access control lists switched off. */
export const ownerOnly = ({ owner }: S3Context): (Xml | undefined)[] => {
  const who = [element('ID', owner.id), element('DisplayName', owner.displayName)].map((e) => e!.xml).join('');
  const grantee = { xml: `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${who}</Grantee>` };
  return [element('Owner', { xml: who }), element('AccessControlList', [element('Grant', [grantee, element('Permission', 'FULL_CONTROL')])])];
};

export const bucketConfigurations: ConfigurationRow[] = [
  ...simpleConfigurations.flatMap((configuration): ConfigurationRow[] => {
    const { resource } = configuration;
    return [
      { name: configuration.get, method: 'GET', resource, run: read(configuration) },
      { name: configuration.put, method: 'PUT', resource, run: write(configuration) },
      ...(configuration.delete ? [{ name: configuration.delete, method: 'DELETE', resource, run: remove(resource) }] : []),
    ];
  }),
  {
    name: 'GetBucketAcl', method: 'GET', resource: 'acl',
    run: async (context) => {
      context.store.bucket(context.bucket);
      return xmlResponse(document('AccessControlPolicy', ownerOnly(context)));
    },
  },
  never('GetBucketWebsite', 'website', 'NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
  never('GetBucketReplication', 'replication', 'ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  { name: 'DeleteBucketWebsite', method: 'DELETE', resource: 'website', run: remove('website') },
  { name: 'DeleteBucketReplication', method: 'DELETE', resource: 'replication', run: remove('replication') },
  emptyList('ListBucketAnalyticsConfigurations', 'analytics', 'ListBucketAnalyticsConfigurationResult'),
  emptyList('ListBucketIntelligentTieringConfigurations', 'intelligent-tiering', 'ListBucketIntelligentTieringConfigurationsOutput'),
  emptyList('ListBucketInventoryConfigurations', 'inventory', 'ListInventoryConfigurationsResult'),
  emptyList('ListBucketMetricsConfigurations', 'metrics', 'ListMetricsConfigurationsResult'),
];
