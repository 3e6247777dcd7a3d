import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { BackendContext } from '../../context.ts';
import { s3Uri } from '../s3/keys.ts';

/** A one-time address that streams one object to the browser's own downloads, and the name it is saved under. */
export async function openForBrowser(context: BackendContext, { connectionId, bucket, key }: { connectionId: string; bucket: string; key: string }): Promise<{ url: string; fileName: string }> {
  const fileName = key.replace(/\/+$/, '').split('/').at(-1) || 'object';
  const url = context.tickets.download(async () => {
    const answer = await context.aws.attempt({ connectionId, action: 's3:GetObject', resource: s3Uri(bucket, key) }, ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    return { fileName, contentType: answer.ContentType ?? 'application/octet-stream', size: answer.ContentLength, body: answer.Body as Readable };
  });
  return { url, fileName };
}
