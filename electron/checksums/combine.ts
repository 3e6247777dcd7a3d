import type { Algorithm } from './hashes.ts';

/** Checksums of which the whole's follows from its parts': polynomials, bits reflected, and their width in bits. */
const CRCS = {
  CRC32: { polynomial: 0xedb88320n, width: 32n },
  CRC32C: { polynomial: 0x82f63b78n, width: 32n },
  CRC64NVME: { polynomial: 0x9a6c9329ac4bc9b5n, width: 64n },
};
type Crc = keyof typeof CRCS;

export const isCrc = (algorithm: Algorithm): algorithm is Crc => algorithm in CRCS;

/** The product of two polynomials modulo the CRC's. */
function multiply(crc: Crc, a: bigint, b: bigint): bigint {
  const { polynomial, width } = CRCS[crc];
  let product = 0n;
  for (let bit = 1n << (width - 1n); bit !== 0n; bit >>= 1n) {
    if (a & bit) product ^= b;
    b = b & 1n ? (b >> 1n) ^ polynomial : b >> 1n;
  }
  return product;
}

/** x to the power 8·bytes, by squaring. */
function shift(crc: Crc, bytes: number): bigint {
  const one = 1n << (CRCS[crc].width - 1n);
  let result = one;
  let square = one >> 8n;
  for (let n = bytes; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = multiply(crc, result, square);
    square = multiply(crc, square, square);
  }
  return result;
}

/** The checksum of pieces in order from theirs, base64; sizes in bytes. */
export function combined(algorithm: Crc, pieces: Iterable<{ value: string; size: number }>): string {
  const digits = Number(CRCS[algorithm].width) / 4;
  const shifts = new Map<number, bigint>();
  let whole = 0n;
  for (const { value, size } of pieces) {
    let by = shifts.get(size);
    if (by === undefined) shifts.set(size, (by = shift(algorithm, size)));
    whole = multiply(algorithm, by, whole) ^ BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
  }
  return Buffer.from(whole.toString(16).padStart(digits, '0'), 'hex').toString('base64');
}
