import type { RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import type { ObjectRecord } from '../objects/records.ts';
import { noSuchKey } from './errors.ts';

export type WriteCheck = (current: ObjectRecord | undefined) => void;

const failed = (condition: string) => new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, { Condition: condition });

const wholeSeconds = (ms: number) => Math.floor(ms / 1000) * 1000;

/** `*`, or a list of entity tags with or without quotes. */
function names(list: string, etag: string): boolean {
  return list.split(',').some((one) => {
    const tag = one.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
    return tag === '*' || tag === etag;
  });
}

/**
 * The four conditions of a read; `prefix` is `x-amz-copy-source-` for the source of a copy.
 * If-Match overrules If-Unmodified-Since, If-None-Match overrules If-Modified-Since.
 */
export function readCondition(request: RawRequest, record: Pick<ObjectRecord, 'etag' | 'lastModified'>, prefix = ''): 'ok' | 'not-modified' {
  const get = (name: string) => request.headers.get(prefix + name);
  const modified = wholeSeconds(record.lastModified);
  const since = (name: string) => {
    const date = Date.parse(get(name) ?? '');
    return Number.isNaN(date) ? undefined : date;
  };
  const match = get('if-match');
  const unmodified = since('if-unmodified-since');
  if (match !== undefined) {
    if (!names(match, record.etag)) throw failed('If-Match');
  } else if (unmodified !== undefined && modified > unmodified) throw failed('If-Unmodified-Since');
  const noneMatch = get('if-none-match');
  const modifiedSince = since('if-modified-since');
  if (noneMatch !== undefined) {
    if (names(noneMatch, record.etag)) return 'not-modified';
  } else if (modifiedSince !== undefined && modified <= modifiedSince) return 'not-modified';
  return 'ok';
}

/** For the source of a copy "not modified" is a failure too. */
export function copySourceCondition(request: RawRequest, record: ObjectRecord): void {
  if (readCondition(request, record, 'x-amz-copy-source-') === 'not-modified') throw failed('x-amz-copy-source-If-None-Match');
}

/** The check a write makes at the moment of writing; undefined where the request asks for none. */
export function writeCondition(request: Pick<RawRequest, 'headers'>, key: string): WriteCheck | undefined {
  const match = request.headers.get('if-match');
  const noneMatch = request.headers.get('if-none-match');
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new ServiceError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, { Header: 'If-None-Match' });
  }
  if (match === undefined && noneMatch === undefined) return undefined;
  return (current) => {
    if (noneMatch !== undefined && current) throw failed('If-None-Match');
    if (match === undefined) return;
    if (!current) throw noSuchKey(key);
    if (!names(match, current.etag)) throw failed('If-Match');
  };
}
