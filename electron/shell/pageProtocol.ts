import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import { answerPageFile } from '../transport/pageFiles.ts';
import { APP_ORIGIN, APP_SCHEME, isOwnUrl } from './origin.ts';

/** Before `ready`: app:// is a standard, secure origin (so that relative URLs, workers and CSP work), and no more. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page, and nothing else, at app://secchi/. */
export function servePage(pageDir: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (!isOwnUrl(request.url) || request.method !== 'GET') return new Response(null, { status: 405 });
    const pathname = request.url.slice(APP_ORIGIN.length).split(/[?#]/)[0] || '/';
    const { status, headers, body } = await answerPageFile(pageDir, pathname, APP_ORIGIN);
    if (!body) return new Response(null, { status, headers });
    return new Response('html' in body ? body.html : (Readable.toWeb(createReadStream(body.file)) as ReadableStream), { status, headers });
  });
}
