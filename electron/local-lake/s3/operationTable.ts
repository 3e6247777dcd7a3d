import { notImplemented, ServiceError } from '../http/serviceError.ts';
import type { Operation } from './context.ts';
import { putBucketAcl, putObjectAcl } from './operations/acl.ts';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './operations/bucketPolicy.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operations/buckets.ts';
import { bucketConfigurations } from './operations/bucketConfigurations.ts';
import { getBucketVersioning, putBucketVersioning } from './operations/bucketVersioning.ts';
import { completeMultipartUpload } from './operations/completeMultipartUpload.ts';
import { copyObject, uploadPartCopy } from './operations/copyObject.ts';
import { deleteObject, deleteObjects } from './operations/deleteObjects.ts';
import { getObject, headObject } from './operations/getObject.ts';
import { listObjectsV1, listObjectsV2 } from './operations/listObjects.ts';
import { abortMultipartUpload, createMultipartUpload, listMultipartUploads, listParts, uploadPart } from './operations/multipartUpload.ts';
import { getObjectAcl, getObjectAttributes } from './operations/objectAttributes.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/objectTagging.ts';
import { listObjectVersions } from './operations/objectVersions.ts';
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from './operations/objectLock.ts';
import { restoreObject } from './operations/restoreObject.ts';
import { putObject } from './operations/putObject.ts';

export interface NamedOperation {
  /** As in the service model: `GetObject`. */
  name: string;
  run: Operation;
}
interface Row extends NamedOperation {
  on: 'service' | 'bucket' | 'object';
  method: string;
  /** Query parameters that must be there, or have this value. */
  with?: string[];
  /** Header that must be there. */
  header?: string;
}

/** The first row that fits is the operation: rows with a sub-resource stand before those without. */
const rows: Row[] = [
  { name: 'ListBuckets', on: 'service', method: 'GET', run: listBuckets },

  ...bucketConfigurations.map(({ name, method, resource, run }) => ({ name, on: 'bucket' as const, method, with: [resource], run })),
  { name: 'PutBucketAcl', on: 'bucket', method: 'PUT', with: ['acl'], run: putBucketAcl },
  { name: 'GetBucketPolicy', on: 'bucket', method: 'GET', with: ['policy'], run: getBucketPolicy },
  { name: 'PutBucketPolicy', on: 'bucket', method: 'PUT', with: ['policy'], run: putBucketPolicy },
  { name: 'DeleteBucketPolicy', on: 'bucket', method: 'DELETE', with: ['policy'], run: deleteBucketPolicy },
  { name: 'GetBucketPolicyStatus', on: 'bucket', method: 'GET', with: ['policyStatus'], run: getBucketPolicyStatus },
  { name: 'GetBucketVersioning', on: 'bucket', method: 'GET', with: ['versioning'], run: getBucketVersioning },
  { name: 'PutBucketVersioning', on: 'bucket', method: 'PUT', with: ['versioning'], run: putBucketVersioning },
  { name: 'GetBucketLocation', on: 'bucket', method: 'GET', with: ['location'], run: getBucketLocation },
  { name: 'ListMultipartUploads', on: 'bucket', method: 'GET', with: ['uploads'], run: listMultipartUploads },
  { name: 'ListObjectVersions', on: 'bucket', method: 'GET', with: ['versions'], run: listObjectVersions },
  { name: 'ListObjectsV2', on: 'bucket', method: 'GET', with: ['list-type=2'], run: listObjectsV2 },
  { name: 'ListObjects', on: 'bucket', method: 'GET', run: listObjectsV1 },
  { name: 'HeadBucket', on: 'bucket', method: 'HEAD', run: headBucket },
  { name: 'CreateBucket', on: 'bucket', method: 'PUT', run: createBucket },
  { name: 'DeleteBucket', on: 'bucket', method: 'DELETE', run: deleteBucket },
  { name: 'DeleteObjects', on: 'bucket', method: 'POST', with: ['delete'], run: deleteObjects },

  { name: 'ListParts', on: 'object', method: 'GET', with: ['uploadId'], run: listParts },
  { name: 'GetObjectTagging', on: 'object', method: 'GET', with: ['tagging'], run: getObjectTagging },
  { name: 'GetObjectAttributes', on: 'object', method: 'GET', with: ['attributes'], run: getObjectAttributes },
  { name: 'GetObjectAcl', on: 'object', method: 'GET', with: ['acl'], run: getObjectAcl },
  { name: 'GetObjectRetention', on: 'object', method: 'GET', with: ['retention'], run: getObjectRetention },
  { name: 'PutObjectRetention', on: 'object', method: 'PUT', with: ['retention'], run: putObjectRetention },
  { name: 'GetObjectLegalHold', on: 'object', method: 'GET', with: ['legal-hold'], run: getObjectLegalHold },
  { name: 'PutObjectLegalHold', on: 'object', method: 'PUT', with: ['legal-hold'], run: putObjectLegalHold },
  { name: 'GetObject', on: 'object', method: 'GET', run: getObject },
  { name: 'HeadObject', on: 'object', method: 'HEAD', run: headObject },
  { name: 'UploadPartCopy', on: 'object', method: 'PUT', with: ['uploadId', 'partNumber'], header: 'x-amz-copy-source', run: uploadPartCopy },
  { name: 'UploadPart', on: 'object', method: 'PUT', with: ['uploadId', 'partNumber'], run: uploadPart },
  { name: 'PutObjectTagging', on: 'object', method: 'PUT', with: ['tagging'], run: putObjectTagging },
  { name: 'PutObjectAcl', on: 'object', method: 'PUT', with: ['acl'], run: putObjectAcl },
  { name: 'CopyObject', on: 'object', method: 'PUT', header: 'x-amz-copy-source', run: copyObject },
  { name: 'PutObject', on: 'object', method: 'PUT', run: putObject },
  { name: 'RestoreObject', on: 'object', method: 'POST', with: ['restore'], run: restoreObject },
  { name: 'CreateMultipartUpload', on: 'object', method: 'POST', with: ['uploads'], run: createMultipartUpload },
  { name: 'CompleteMultipartUpload', on: 'object', method: 'POST', with: ['uploadId'], run: completeMultipartUpload },
  { name: 'AbortMultipartUpload', on: 'object', method: 'DELETE', with: ['uploadId'], run: abortMultipartUpload },
  { name: 'DeleteObjectTagging', on: 'object', method: 'DELETE', with: ['tagging'], run: deleteObjectTagging },
  { name: 'DeleteObject', on: 'object', method: 'DELETE', run: deleteObject },
];

/** Sub-resources of the S3 API the lake has no operation for; the request is refused by this name. */
const SUB_RESOURCES = new Set([
  ...['abac', 'accelerate', 'acl', 'analytics', 'annotation', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering', 'inventory', 'legal-hold', 'lifecycle', 'location'],
  ...['logging', 'metadataConfiguration', 'metadataInventoryTable', 'metadataJournalTable', 'metadataTable', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'partNumber'],
  ...['policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'uploadId'],
  ...['uploads', 'versioning', 'versions', 'website'],
]);

export function operationFor(method: string, bucket: string, key: string, query: ReadonlyMap<string, string>, headers: ReadonlyMap<string, string>): NamedOperation {
  const on = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const has = (wanted: string) => {
    const [name = '', value] = wanted.split('=');
    return value === undefined ? query.has(name) : query.get(name) === value;
  };
  const ofMethod = rows.filter((row) => row.on === on && row.method === method);
  const row = ofMethod.find((r) => (r.with ?? []).every(has) && (r.header === undefined || headers.has(r.header)));
  if (!row) {
    const resource = [...query.keys()].find((name) => SUB_RESOURCES.has(name));
    if (resource) throw notImplemented(`${method} ?${resource} on ${on === 'object' ? 'an object' : `a ${on}`}`);
    if (on === 'bucket' && method === 'POST') throw notImplemented('uploads by HTML form (PostObject)');
    throw new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, { Method: method, ResourceType: on.toUpperCase() });
  }
  const unserved = [...query.keys()].find((name) => SUB_RESOURCES.has(name) && !(row.with ?? []).some((w) => w.split('=')[0] === name) && !(name === 'partNumber' && method !== 'PUT'));
  if (unserved) throw notImplemented(`${method} ?${unserved} on ${on === 'object' ? 'an object' : `a ${on}`}`);
  return row;
}
