/** CRC-32 (ISO-HDLC, as zlib and S3's CRC32): text form, and joining checksums of adjacent pieces. */

/** The form S3's `x-amz-checksum-crc32` has: base64 of four big-endian bytes. */
export function crc32ToBase64(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc >>> 0);
  return bytes.toString('base64');
}

const POLYNOMIAL = 0xedb88320;

/** The product of two polynomials modulo the CRC's, bits reflected. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= b;
    b = b & 1 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
  }
  return product >>> 0;
}

/** x to the power 8·bytes, by squaring. */
function shift(bytes: number): number {
  let result = 0x80000000; // x^0
  let square = 0x00800000; // x^8
  for (let n = bytes; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/** The CRC of A followed by B, from theirs and B's length in bytes. */
export const combineCrc32 = (a: number, b: number, lengthOfB: number): number => (multiply(shift(lengthOfB), a >>> 0) ^ b) >>> 0;

/** The CRC of pieces in order. */
export const combineAll = (pieces: Iterable<{ crc32: number; size: number }>): number => {
  let crc = 0;
  for (const piece of pieces) crc = combineCrc32(crc, piece.crc32, piece.size);
  return crc;
};
