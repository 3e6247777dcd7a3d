import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors.ts';
import type { Download, Tickets } from '../context.ts';
import { log } from '../log.ts';

/** URL paths of tickets begin with this. */
export const TICKET_PATH = '/ticket/';

type Ticket = { ends: number } & (
  | { kind: 'download'; open: () => Promise<Download> }
  | { kind: 'upload'; receive: (body: IncomingMessage, length: number) => Promise<void> }
);

export interface TicketOffice extends Tickets {
  /**
   * Answers a request for a ticket's path: 404 where it is unknown, used or expired, 405 for the wrong method, 411 for a
   * PUT without a length, 400-499 with AppErrorData where the receiver refused the bytes.
   */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const HTTP_STATUS: Partial<Record<AppError['code'], number>> = { BadInput: 400, NotFound: 404, Conflict: 409, Cancelled: 409, ChecksumMismatch: 422, Throttled: 429, DiskFull: 507 };

/** RFC 6266: an ASCII fallback and the true name, neither able to break out of the header. */
function contentDisposition(fileName: string): string {
  const safe = fileName.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(fileName.replace(/[\ud800-\udfff]/gu, '_')).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${safe}"; filename*=UTF-8''${encoded}`;
}

function refuse(response: ServerResponse, status: number, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const body = error instanceof AppError ? error.toData() : { code: 'Internal', message: 'The transfer failed inside Secchi.', retryable: false };
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
}

/** One-time addresses for bulk bodies: random, for one method, gone when used or after `lifetimeMs`. */
export function createTickets({ lifetimeMs = 120_000 } = {}): TicketOffice {
  const tickets = new Map<string, Ticket>();

  const issue = (ticket: Ticket): string => {
    const now = Date.now();
    for (const [id, old] of tickets) if (old.ends < now) tickets.delete(id);
    const id = randomBytes(24).toString('base64url');
    tickets.set(id, ticket);
    return TICKET_PATH + id;
  };

  async function send(response: ServerResponse, { fileName, contentType, size, body }: Download) {
    response.writeHead(200, {
      'content-type': contentType,
      'content-disposition': contentDisposition(fileName),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      ...(size === undefined ? {} : { 'content-length': size }),
    });
    await pipeline(body, response);
  }

  return {
    download: (open) => issue({ kind: 'download', open, ends: Date.now() + lifetimeMs }),
    upload: (receive) => issue({ kind: 'upload', receive, ends: Date.now() + lifetimeMs }),

    async handle(request, response) {
      const id = (request.url ?? '').slice(TICKET_PATH.length);
      const ticket = tickets.get(id);
      if (!ticket || ticket.ends < Date.now()) {
        return refuse(response, 404, new AppError('NotFound', 'This address was used already, or its time is over.', { detail: 'Start the download or upload again.' }));
      }
      if (request.method !== (ticket.kind === 'download' ? 'GET' : 'PUT')) return refuse(response, 405, new AppError('BadInput', 'Wrong method for this address.'));
      const length = Number(request.headers['content-length'] ?? Number.NaN);
      if (ticket.kind === 'upload' && !(length >= 0)) return refuse(response, 411, new AppError('BadInput', 'An upload needs a Content-Length.'));
      tickets.delete(id);
      try {
        if (ticket.kind === 'download') await send(response, await ticket.open());
        else {
          await ticket.receive(request, length);
          response.writeHead(204).end();
        }
      } catch (error) {
        // A reader that leaves in the middle is no fault of ours.
        if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
        if (!(error instanceof AppError)) log.error('ticket failed', error);
        refuse(response, error instanceof AppError ? (HTTP_STATUS[error.code] ?? 500) : 500, error);
      }
    },
  };
}
