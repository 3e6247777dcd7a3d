import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { contract } from '../../../shared/contract/index.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { s3Uri } from '../s3/keys.ts';
import { removeVersions, restoreVersion } from './change.ts';
import { listVersions } from './list.ts';

/** Versions of objects: what there is, taking one back, removing one for good. */
export function s3VersionsHandlers({ aws, tickets }: Pick<BackendContext, 'aws' | 'tickets'>): ServiceHandlers<typeof contract.s3Versions> {
  return {
    list: ({ input, signal }) => listVersions(aws, input, signal),
    restore: ({ input, signal }) => restoreVersion(aws, input, signal),
    remove: ({ input, signal }) => removeVersions(aws, input, signal),
    async download({ input: { connectionId, bucket, key, versionId } }) {
      const fileName = key.replace(/\/+$/, '').split('/').at(-1) || 'object';
      const resource = `${s3Uri(bucket, key)} (version ${versionId})`;
      const url = tickets.download(async () => {
        const answer = await aws.attempt({ connectionId, action: 's3:GetObjectVersion', resource }, ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId })));
        return { fileName, contentType: answer.ContentType ?? 'application/octet-stream', size: answer.ContentLength, body: answer.Body as Readable };
      });
      return { url, fileName };
    },
  };
}
