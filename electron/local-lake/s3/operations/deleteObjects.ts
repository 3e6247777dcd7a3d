import { ServiceError } from '../../http/serviceError.ts';
import { assertKey } from '../../objects/indexKeys.ts';
import { writeCondition, type WriteCheck } from '../conditions.ts';
import { xmlResponse, type Operation } from '../context.ts';
import { toServiceError } from '../errors.ts';
import { children, childText, document, element, malformedXml, parseXml } from '../xml.ts';

export const deleteObject: Operation = async ({ store, bucket, key, request }) => {
  await store.delete(bucket, key, { check: writeCondition(request, key) });
  return { status: 204 };
};

const MAX_KEYS = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: Operation = async ({ store, bucket, payload, request }) => {
  store.bucket(bucket);
  if (!payload.algorithm && !request.headers.has('content-md5')) {
    throw new ServiceError('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*', 400);
  }
  const root = parseXml(await payload.text(), 'Delete');
  const objects = children(root, 'Object');
  if (objects.length === 0 || objects.length > MAX_KEYS) throw malformedXml();
  const quiet = childText(root, 'Quiet') === 'true';
  const requests = objects.map((object) => {
    const key = childText(object, 'Key');
    if (key === undefined) throw malformedXml();
    return { key, etag: childText(object, 'ETag'), versionId: childText(object, 'VersionId') };
  });
  const results = await store.deleteMany(
    bucket,
    requests.map(({ key, etag, versionId }) => ({ key, check: checkOf(key, etag, versionId) })),
  );
  return xmlResponse(
    document(
      'DeleteResult',
      results.map(({ key, error }) => {
        if (!error) return quiet ? undefined : element('Deleted', [element('Key', key)]);
        const { code, message } = toServiceError(error);
        return element('Error', [element('Key', key), element('Code', code), element('Message', message)]);
      }),
    ),
  );
};

function checkOf(key: string, etag: string | undefined, versionId: string | undefined): WriteCheck {
  const condition = etag === undefined ? undefined : writeCondition({ headers: new Map([['if-match', etag]]) }, key);
  return (current) => {
    assertKey(key);
    if (versionId !== undefined && versionId !== 'null') throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
    condition?.(current);
  };
}
