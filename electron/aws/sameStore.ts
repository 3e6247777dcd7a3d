import type { Connection } from '../../shared/contract/connections.ts';

const endpointOf = ({ endpoint, endpoints }: Connection) => endpoints?.s3 ?? endpoint;
/** Names of buckets are unique in one of AWS's partitions. */
const partitionOf = ({ region }: Connection) => /^(cn|us-gov|us-iso[a-z]*|eusc)-/.exec(region)?.[1] ?? 'aws';

/** Whether buckets of one name are the same in two connections. False also where one server has two addresses. */
export function isSameStore(one: Connection, other: Connection): boolean {
  if (one.id === other.id) return true;
  if (one.kind === 'local' || other.kind === 'local') return false;
  const [at, there] = [endpointOf(one), endpointOf(other)];
  if (at === undefined && there === undefined) return partitionOf(one) === partitionOf(other);
  return at !== undefined && there !== undefined && new URL(at).href === new URL(there).href;
}
