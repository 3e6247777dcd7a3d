import { ServiceError } from '../../http/serviceError.ts';
import { assertKey } from '../../objects/indexKeys.ts';
import type { Deleted } from '../../objects/objectStore.ts';
import { isVersionId, versionIdOf } from '../../objects/versions.ts';
import { writeCondition, type WriteCheck } from '../conditions.ts';
import { xmlResponse, type Operation, type S3Context } from '../context.ts';
import { toServiceError } from '../errors.ts';
import { assertRemovable } from '../objectLock.ts';
import { wantedVersion } from '../objectVersion.ts';
import { children, childText, document, element, malformedXml, parseXml } from '../xml.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = async (context) => {
  const { store, bucket, key, request } = context;
  const versionId = wantedVersion(context);
  const condition = writeCondition(request, key);
  const { removed, marker } = await store.delete(bucket, key, {
    versionId,
    check(target) {
      condition?.(target);
      if (versionId !== undefined) assertRemovable(context, target);
    },
  });
  const shown = marker ? versionIdOf(marker) : versionId;
  const versioned = store.bucket(bucket).versioning !== undefined;
  const headers = versioned ? { 'x-amz-version-id': shown, 'x-amz-delete-marker': marker || removed?.deleteMarker ? 'true' : undefined } : {};
  return { status: 204, headers };
};

interface Wanted {
  key: string;
  etag?: string;
  versionId?: string;
}
const MAX_KEYS = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: Operation = async (context) => {
  const { store, bucket, payload, request } = context;
  store.bucket(bucket);
  if (!payload.algorithm && !request.headers.has('content-md5')) {
    throw new ServiceError('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*', 400);
  }
  const root = parseXml(await payload.text(), 'Delete');
  const objects = children(root, 'Object');
  if (objects.length === 0 || objects.length > MAX_KEYS) throw malformedXml();
  const quiet = childText(root, 'Quiet') === 'true';
  const requests = objects.map((object): Wanted => {
    const key = childText(object, 'Key');
    if (key === undefined) throw malformedXml();
    return { key, etag: childText(object, 'ETag'), versionId: childText(object, 'VersionId') };
  });
  const results = await store.deleteMany(
    bucket,
    requests.map(({ key, etag, versionId }) => ({ key, versionId, check: checkOf(context, key, etag, versionId) })),
  );
  return xmlResponse(document('DeleteResult', results.map((result, i) => (result.error ? errorElement(requests[i]!, result.error) : quiet ? undefined : deletedElement(requests[i]!, result)))));
};

function deletedElement({ key, versionId }: Wanted, { removed, marker }: Deleted) {
  const markerId = marker ? versionIdOf(marker) : removed?.deleteMarker ? versionId : undefined;
  return element('Deleted', [
    element('Key', key),
    element('VersionId', versionId),
    markerId === undefined ? undefined : element('DeleteMarker', true),
    element('DeleteMarkerVersionId', markerId),
  ]);
}

function errorElement({ key, versionId }: Wanted, error: unknown) {
  const { code, message } = toServiceError(error);
  return element('Error', [element('Key', key), element('VersionId', versionId), element('Code', code), element('Message', message)]);
}

function checkOf(context: S3Context, key: string, etag: string | undefined, versionId: string | undefined): WriteCheck {
  const condition = etag === undefined ? undefined : writeCondition({ headers: new Map([['if-match', etag]]) }, key);
  return (target) => {
    assertKey(key);
    if (versionId !== undefined && !isVersionId(versionId)) throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
    condition?.(target);
    if (versionId !== undefined) assertRemovable(context, target);
  };
}
