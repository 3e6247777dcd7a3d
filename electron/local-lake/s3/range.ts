import { ServiceError } from '../http/serviceError.ts';

export interface ByteRange {
  /** First and last byte, both included. */
  first: number;
  last: number;
}

/** One `Range: bytes=…`. Undefined where S3 ignores it: other units, several ranges, no sense. InvalidRange where it lies outside. */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replace(/\s/g, '') ?? '');
  if (!header || !match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const suffix = Math.min(Number(match[2]), size);
    if (suffix === 0) throw outside(header, size);
    return { first: size - suffix, last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Number(match[2]);
  if (last < first && match[2] !== '') return undefined;
  if (first >= size) throw outside(header, size);
  return { first, last: Math.min(last, size - 1) };
}

const outside = (range: string, size: number) =>
  new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416, { RangeRequested: range, ActualObjectSize: String(size) }, { 'content-range': `bytes */${size}` });
