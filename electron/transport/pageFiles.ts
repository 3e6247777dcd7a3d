import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/** The page's policy: scripts of our own only; style elements by nonce; the contract's socket on our own origin. */
export const contentSecurityPolicy = (nonce: string, origin: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${origin.replace('http', 'ws')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=()',
};

/** index.html with the nonce where the page's shim looks for it (renderer/nonce.ts). */
export const withNonce = (html: string, nonce: string) => html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}" />`);

export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  /** Text (the HTML with its nonce), or the file to stream; absent where there is only a status. */
  body?: { html: string } | { file: string };
}

/**
 * The answer to GET `pathname` (still percent-encoded, no query) of the built page below `dir`; anything that is no file
 * of it is 404. `origin` is where the page's socket may connect to. Served over HTTP here, over app:// in Electron.
 */
export async function answerPageFile(dir: string, pathname: string, origin: string): Promise<PageAnswer> {
  const refuse = (status: number): PageAnswer => ({ status, headers: { ...HEADERS, 'content-type': 'text/plain' } });
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return refuse(400);
  }
  if (name === '/') name = '/index.html';
  const file = path.join(dir, name);
  if (name.includes('\0') || !file.startsWith(dir + path.sep)) return refuse(404);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return refuse(404);

  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  if (file.endsWith('.html')) {
    const nonce = randomBytes(16).toString('base64');
    const html = withNonce(await readFile(file, 'utf8'), nonce);
    return {
      status: 200,
      headers: {
        ...HEADERS,
        'content-type': type,
        'content-length': String(Buffer.byteLength(html)),
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy(nonce, origin),
      },
      body: { html },
    };
  }
  // Vite names assets by their content.
  const cache = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { status: 200, headers: { ...HEADERS, 'content-type': type, 'content-length': String(found.size), 'cache-control': cache }, body: { file } };
}

/** Serves GET and HEAD of the built page over HTTP. */
export async function servePageFile(dir: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { ...HEADERS, 'content-type': 'text/plain' }).end();
  const { status, headers, body } = await answerPageFile(dir, (request.url ?? '/').split(/[?#]/)[0]!, `http://${request.headers.host}`);
  response.writeHead(status, headers);
  if (request.method === 'HEAD' || !body) return void response.end();
  if ('html' in body) return void response.end(body.html);
  await pipeline(createReadStream(body.file), response);
}
