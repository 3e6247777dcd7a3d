import type { ByteRange } from '../range.ts';
import { parseRange } from '../range.ts';
import { ServiceError } from '../../http/serviceError.ts';
import type { FinishedPart, ObjectRecord } from '../../objects/records.ts';
import { assertReadable, restoreHeader } from '../archive.ts';
import { readCondition } from '../conditions.ts';
import { header, type Operation, type S3Context, type S3Response } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { checksumHeaders, headersOf } from '../objectHeaders.ts';
import { lockHeaders } from '../objectLock.ts';
import { existing, versionHeaders } from '../objectVersion.ts';

const OVERRIDES = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'];

/** The bytes of `?partNumber=N`: of a multipart object its part, of another object all of it as part 1. */
async function partRange(context: S3Context, record: ObjectRecord): Promise<(ByteRange & { part?: FinishedPart }) | undefined> {
  const text = context.query.get('partNumber');
  if (text === undefined) return undefined;
  if (header(context, 'range') !== undefined) throw new ServiceError('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter', 400);
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 10_000) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text);
  const parts = await context.store.parts(record);
  if (!parts && number === 1) return { first: 0, last: record.size - 1 };
  let first = 0;
  for (const part of parts ?? []) {
    if (part.partNumber === number) return { first, last: first + part.size - 1, part };
    first += part.size;
  }
  throw new ServiceError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, { PartNumberRequested: text, ActualPartCount: String(parts?.length ?? 1) });
}

/** Status and headers, alike for GET and HEAD. */
async function describe(context: S3Context, record: ObjectRecord): Promise<{ response: S3Response; range: ByteRange }> {
  const condition = readCondition(context.request, record);
  if (condition === 'not-modified') {
    const { etag, 'last-modified': modified, 'cache-control': cacheControl, expires } = headersOf(record, false);
    return { response: { status: 304, headers: { etag, 'last-modified': modified, 'cache-control': cacheControl, expires, ...versionHeaders(context, record) } }, range: { first: 0, last: -1 } };
  }
  const numbered = await partRange(context, record);
  const range = numbered ?? parseRange(header(context, 'range'), record.size);
  const { first, last } = range ?? { first: 0, last: record.size - 1 };
  const wanted = header(context, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const headers = { ...headersOf(record, wanted && !range), ...versionHeaders(context, record), ...restoreHeader(record), ...lockHeaders(record) };
  if (wanted && numbered) Object.assign(headers, checksumHeaders({ checksumType: record.checksumType, checksums: numbered.part ? numbered.part.checksums : record.checksums }));
  for (const name of OVERRIDES) headers[name] = context.query.get(`response-${name}`) ?? headers[name];
  headers['content-length'] = String(last - first + 1);
  if (range && record.size > 0) headers['content-range'] = `bytes ${first}-${last}/${record.size}`;
  if (numbered?.part) headers['x-amz-mp-parts-count'] = String(record.partsCount);
  return { response: { status: range && record.size > 0 ? 206 : 200, headers }, range: { first, last } };
}

export const headObject: Operation = async (context) => (await describe(context, await existing(context))).response;

export const getObject: Operation = async (context) => {
  // Between reading the index and opening the file nothing may be removed; an open file stays readable after that.
  const release = context.store.pin();
  try {
    const record = await existing(context);
    assertReadable(record);
    const { response, range } = await describe(context, record);
    if (response.status === 304 || range.last < range.first) return response;
    return { ...response, body: await context.store.open(record, range) };
  } finally {
    release();
  }
};
