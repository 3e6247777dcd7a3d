import type { RawRequest } from '../http/rawRequest.ts';
import { percentDecode } from '../http/rawRequest.ts';

/** Hosts under which a first label names a bucket (virtual-host style); longer ones first. */
const BASES = ['.s3.localhost', '.localhost.localstack.cloud', '.localhost'];

function bucketInHost(request: RawRequest): string | undefined {
  const base = BASES.find((suffix) => request.hostname.endsWith(suffix));
  const label = base && request.hostname.slice(0, -base.length);
  return label && label !== 's3' ? label : undefined;
}
export const isInHost = (request: RawRequest) => bucketInHost(request) !== undefined;

/** Bucket and key of a request, from its host or its path; both empty for the service itself. */
export function addressOf(request: RawRequest): { bucket: string; key: string } {
  const label = bucketInHost(request);
  if (label !== undefined) return { bucket: label, key: percentDecode(request.rawPath.slice(1)) };
  const slash = request.rawPath.indexOf('/', 1);
  if (slash < 0) return { bucket: percentDecode(request.rawPath.slice(1)), key: '' };
  return { bucket: percentDecode(request.rawPath.slice(1, slash)), key: percentDecode(request.rawPath.slice(slash + 1)) };
}
