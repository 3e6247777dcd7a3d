import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request asked, and with which signature. */
export interface AwsRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The region the request was signed for. */
  region: string | undefined;
  /** The signing time, ms. */
  signedAt: number;
}

export interface AwsServer {
  endpoint: string;
  requests: AwsRequest[];
  close(): Promise<void>;
}

const signingTime = (date: string) => Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** An endpoint on loopback that answers as a misbehaving service would; `answer` is called with the count of requests so far. */
export async function startAwsServer(answer: (request: AwsRequest, response: ServerResponse, nth: number) => void): Promise<AwsServer> {
  const requests: AwsRequest[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(req.headers.authorization ?? '')?.[1];
      const request = { method: req.method!, path: req.url!, headers: req.headers, body: Buffer.concat(chunks).toString(), region, signedAt: signingTime(String(req.headers['x-amz-date'])) };
      requests.push(request);
      answer(request, res, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An S3 error document. */
export function s3Error(response: ServerResponse, status: number, code: string, { message = code, headers = {}, extra = '' }: { message?: string; headers?: Record<string, string>; extra?: string } = {}): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 'REQ123', ...headers });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message>${extra}<RequestId>REQ123</RequestId></Error>`);
}

/** Refuses a request in the words of its service: S3 in XML, STS in the XML of the query protocol, Glue and Athena in JSON. */
export function refuse(request: AwsRequest, response: ServerResponse, code: string, message: string): void {
  if (request.headers['x-amz-target'] !== undefined) {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'REQ123' });
    response.end(JSON.stringify({ __type: `${code}Exception`, message }));
  } else if (request.method === 'POST' && request.path === '/') {
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>REQ123</RequestId></ErrorResponse>`);
  } else s3Error(response, 403, code, { message });
}

/** A ListObjectsV2 answer of these keys, encoded as S3 does with encoding-type=url. */
export const listing = (keys: string[], more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><EncodingType>url</EncodingType><KeyCount>${keys.length}</KeyCount>${more || '<IsTruncated>false</IsTruncated>'}${keys
    .map((key) => `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+')}</Key><Size>1</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;x&quot;</ETag><StorageClass>STANDARD</StorageClass></Contents>`)
    .join('')}</ListBucketResult>`;
