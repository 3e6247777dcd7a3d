const MIB = 1024 * 1024;
/** S3's limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PARTS = 10_000;
export const SMALLEST_PART = 8 * MIB;

/** Bytes a part: 8 MiB, more (whole MiB) where the file would need over 10,000 of them. */
export const partSizeFor = (size: number): number => Math.max(SMALLEST_PART, Math.ceil(size / MAX_PARTS / MIB) * MIB);

/** Parts from 1, their offsets and lengths in bytes. */
export function* partsOf(size: number, partSize: number): Generator<{ number: number; offset: number; length: number }> {
  for (let offset = 0, number = 1; offset < size; offset += partSize, number += 1) {
    yield { number, offset, length: Math.min(partSize, size - offset) };
  }
}
