import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { merged, mergedHeaders, type ObjectChange } from '../../../shared/objects/change.ts';
import { HEADERS, HTTP_NAMES } from '../../../shared/objects/headers.ts';
import { headersOf } from './described.ts';
import { encodeWords, isAscii } from './mimeWords.ts';

/** HTTP headers by name. */
export type ExactHeaders = Record<string, string>;

/** Everything said of the object, with the change made to it, as the HTTP headers of a request that says all of it anew. */
export function mergedExactly(head: HeadObjectCommandOutput, change: ObjectChange, resource: string): ExactHeaders {
  const after = mergedHeaders(headersOf(head), change.headers);
  const exact: ExactHeaders = {};
  for (const name of HEADERS) {
    const value = after[name];
    if (value === undefined) continue;
    if (!isAscii(value)) throw cannotCarry(HTTP_NAMES[name], resource);
    exact[HTTP_NAMES[name].toLowerCase()] = value;
  }
  const raw = head.Metadata ?? {};
  const edited = Object.fromEntries(Object.entries(change.metadata).map(([name, value]) => [name, value === null ? null : encodeWords(value)]));
  for (const [name, value] of Object.entries(merged(raw, edited))) {
    // What a store sent as raw UTF-8 goes back as an encoded word; all else as it came.
    exact[`x-amz-meta-${name}`] = isAscii(value) ? value : encodeWords(Buffer.from(value, 'latin1').toString());
  }
  return exact;
}

interface Sent {
  middlewareStack: { add(middleware: never, options: { step: 'build'; name: string }): void };
}

/**
 * Gives the command's request these headers, to the letter. By its own members the SDK sends no Expires that is not a
 * date, and no empty metadata: both would be lost.
 */
export function withHeaders<C extends object>(command: C, exact: ExactHeaders): C {
  const set = (next: (args: unknown) => unknown) => (args: { request: { headers: ExactHeaders } }) => {
    Object.assign(args.request.headers, exact);
    return next(args);
  };
  (command as unknown as Sent).middlewareStack.add(set as never, { step: 'build', name: 'exactHeaders' });
  return command;
}

const cannotCarry = (header: string, resource: string): AppError =>
  new AppError('BadInput', `${resource} has characters in its ${header} that a request cannot carry; nothing was written.`, {
    detail: 'They would be lost. Give this header an ASCII value in the same edit, or remove it.',
    resource,
  });
