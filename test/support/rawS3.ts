import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { connect } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import type { TestLake } from './lake.ts';

export interface RawAnswer {
  status: number;
  headers: string;
  body: string;
  /** The Code element of an S3 error. */
  code: string | undefined;
}

/** SHA-256 (HMAC where there is a secret) in the form the SDK's signer takes. */
class Sha256 {
  private readonly running: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.running = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array));
  }
  update(data: string | Uint8Array): void {
    this.running.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.running.digest();
  }
  reset(): void {}
}

/** Sends bytes as they are and reads until the server closes or the answer is complete. */
export function sendRaw(lake: TestLake, bytes: string | Buffer, { half = false } = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(lake.endpoint);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const answer = () => {
      const text = Buffer.concat(chunks).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const headers = text.slice(0, end);
      const body = text.slice(end + 4);
      return { complete: end >= 0 && body.length >= Number(/content-length: (\d+)/i.exec(headers)?.[1] ?? 0), status: Number(text.slice(9, 12)), headers, body, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1] };
    };
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (!/^HTTP\/1.1 100/.test(chunks[0]!.toString('latin1')) && answer().complete) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer()));
    socket.write(bytes);
    if (half) socket.end();
  });
}

/** As the signature sees a part of a path; what is no percent-encoded UTF-8 stays as it is. */
function canonical(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return part;
  }
}

/** A request signed by the SDK's own signer in its canonical form, as text to be sent raw: `target` goes on the wire as it is. */
export async function signedRequest(lake: TestLake, method: string, target: string, body = '', headers: Record<string, string> = {}, at = new Date()): Promise<string> {
  const { hostname, port } = new URL(lake.endpoint);
  const [path = '/', query = ''] = target.split('?');
  const signer = new SignatureV4({ service: 's3', region: lake.region, credentials: lake.credentials, sha256: Sha256, uriEscapePath: false });
  const signed = await signer.sign(
    {
      method, protocol: 'http:', hostname, port: Number(port),
      path: path.split('/').map((part) => canonical(part)).join('/'),
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { host: `${hostname}:${port}`, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'), 'content-length': String(Buffer.byteLength(body)), ...headers },
      body,
    },
    { signingDate: at },
  );
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
