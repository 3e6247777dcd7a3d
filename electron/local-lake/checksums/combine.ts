import type { ChecksumAlgorithm } from '../objects/records.ts';
import { checksumSize } from './algorithms.ts';

/** Reflected polynomials of the CRCs that can be computed of a whole from those of its parts. */
const POLYNOMIALS: Partial<Record<ChecksumAlgorithm, bigint>> = {
  CRC32: 0xedb88320n,
  CRC32C: 0x82f63b78n,
  CRC64NVME: 0x9a6c9329ac4bc9b5n,
};
export const canCombine = (algorithm: ChecksumAlgorithm) => algorithm in POLYNOMIALS;

/** Product of two polynomials over GF(2), modulo the CRC's; bits are reflected: the highest bit is x^0. */
function multiply(a: bigint, b: bigint, polynomial: bigint, width: bigint): bigint {
  let product = 0n;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= b;
    b = b & 1n ? (b >> 1n) ^ polynomial : b >> 1n;
  }
  return product;
}

/** x^(8 * bytes): what appending that many bytes does to a CRC. */
function shiftBy(bytes: number, polynomial: bigint, width: bigint): bigint {
  const one = 1n << (width - 1n);
  let square = multiply(one >> 4n, one >> 4n, polynomial, width); // x^8
  let result = one;
  for (let n = BigInt(bytes); n > 0n; n >>= 1n) {
    if (n & 1n) result = multiply(result, square, polynomial, width);
    square = multiply(square, square, polynomial, width);
  }
  return result;
}

/** The CRC (base64) of parts laid end to end. Sizes in bytes. The arithmetic of zlib's crc32_combine, for any width. */
export function combineCrc(algorithm: ChecksumAlgorithm, parts: { checksum: string; size: number }[]): string {
  const polynomial = POLYNOMIALS[algorithm];
  if (polynomial === undefined) throw new RangeError(`${algorithm} cannot be combined`);
  const bytes = checksumSize[algorithm];
  const width = BigInt(bytes * 8);
  const shifts = new Map<number, bigint>(); // parts are mostly of one size
  let whole = 0n;
  for (const { checksum, size } of parts) {
    let shift = shifts.get(size);
    if (shift === undefined) shifts.set(size, (shift = shiftBy(size, polynomial, width)));
    whole = multiply(shift, whole, polynomial, width) ^ BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex')}`);
  }
  return Buffer.from(whole.toString(16).padStart(bytes * 2, '0'), 'hex').toString('base64');
}
