import { invalidRequest } from '../errors.ts';
import { parseS3Location, withSlash } from '../s3Location.ts';
import type { WorkGroup } from '../workGroups.ts';

export interface ResultConfiguration {
  OutputLocation?: string;
  EncryptionConfiguration?: unknown;
  ExpectedBucketOwner?: string;
  AclConfiguration?: unknown;
}

/**
 * Where the results of a query go: the work group's place if it enforces its configuration, else the caller's, else the
 * work group's. https://docs.aws.amazon.com/athena/latest/ug/querying.html#query-results-specify-location
 */
export function outputLocation(workGroup: WorkGroup, asked: ResultConfiguration | undefined): ResultConfiguration & { OutputLocation: string } {
  const { ResultConfiguration: own, EnforceWorkGroupConfiguration: enforced } = workGroup.Configuration;
  const chosen = enforced ? own : { ...own, ...asked };
  const location = chosen?.OutputLocation;
  if (!location) {
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  if (!parseS3Location(location)) throw invalidRequest(`outputLocation is not a valid S3 path: ${location}`);
  return { ...chosen, OutputLocation: withSlash(location) };
}
