/**
 * CRC32C and CRC64NVME by tables for eight bytes at a time: neither Node nor zlib has them, and table by table
 * JavaScript computes them some times faster than byte by byte. Little-endian machines only, as all are that Node's
 * releases for desktops run on.
 */
const SLICES = 8;

/** 32-bit words of bytes that begin at a multiple of four. */
const words = (bytes: Uint8Array, from: number, count: number) => new Int32Array(bytes.buffer, bytes.byteOffset + from, count);

function tables32(polynomial: number): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[byte] = value;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256]!;
    table[i] = (before >>> 8) ^ table[before & 255]!;
  }
  return table;
}

let crc32cTable: Int32Array | undefined;

/** Goes on from `value` (0 at the start). */
export function crc32c(bytes: Uint8Array, value: number): number {
  const t = (crc32cTable ??= tables32(0x82f63b78));
  let crc = ~value;
  let at = 0;
  const head = Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length);
  for (; at < head; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 255]!;
  const pairs = (bytes.length - at) >>> 3;
  const w = words(bytes, at, pairs * 2);
  for (let i = 0; i < w.length; i += 2) {
    const low = crc ^ w[i]!;
    const high = w[i + 1]!;
    crc =
      t[1792 + (low & 255)]! ^ t[1536 + ((low >>> 8) & 255)]! ^ t[1280 + ((low >>> 16) & 255)]! ^ t[1024 + (low >>> 24)]! ^
      t[768 + (high & 255)]! ^ t[512 + ((high >>> 8) & 255)]! ^ t[256 + ((high >>> 16) & 255)]! ^ t[high >>> 24]!;
  }
  for (at += pairs * 8; at < bytes.length; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

/** The reflected polynomial of CRC64NVME, in halves. */
const [POLYNOMIAL_HIGH, POLYNOMIAL_LOW] = [0x9a6c9329, 0xac4bc9b5];

function tables64(): { high: Int32Array; low: Int32Array } {
  const [high, low] = [new Int32Array(SLICES * 256), new Int32Array(SLICES * 256)];
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (odd) [h, l] = [h ^ POLYNOMIAL_HIGH, l ^ POLYNOMIAL_LOW];
    }
    [high[byte], low[byte]] = [h, l];
  }
  for (let i = 256; i < high.length; i++) {
    const [h, l] = [high[i - 256]!, low[i - 256]!];
    high[i] = (h >>> 8) ^ high[l & 255]!;
    low[i] = ((l >>> 8) | (h << 24)) ^ low[l & 255]!;
  }
  return { high, low };
}

let crc64Tables: ReturnType<typeof tables64> | undefined;

/** CRC64NVME over a stream, its state in halves. */
export class Crc64Nvme {
  private high = -1;
  private low = -1;

  update(bytes: Uint8Array): void {
    const { high: th, low: tl } = (crc64Tables ??= tables64());
    let { high: h, low: l } = this;
    let at = 0;
    const single = (until: number) => {
      for (; at < until; at++) {
        const index = (l ^ bytes[at]!) & 255;
        l = ((l >>> 8) | (h << 24)) ^ tl[index]!;
        h = (h >>> 8) ^ th[index]!;
      }
    };
    single(Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length));
    const pairs = (bytes.length - at) >>> 3;
    const w = words(bytes, at, pairs * 2);
    for (let i = 0; i < w.length; i += 2) {
      const a = l ^ w[i]!;
      const b = h ^ w[i + 1]!;
      const [i0, i1, i2, i3] = [1792 + (a & 255), 1536 + ((a >>> 8) & 255), 1280 + ((a >>> 16) & 255), 1024 + (a >>> 24)];
      const [i4, i5, i6, i7] = [768 + (b & 255), 512 + ((b >>> 8) & 255), 256 + ((b >>> 16) & 255), b >>> 24];
      l = tl[i0]! ^ tl[i1]! ^ tl[i2]! ^ tl[i3]! ^ tl[i4]! ^ tl[i5]! ^ tl[i6]! ^ tl[i7]!;
      h = th[i0]! ^ th[i1]! ^ th[i2]! ^ th[i3]! ^ th[i4]! ^ th[i5]! ^ th[i6]! ^ th[i7]!;
    }
    at += pairs * 8;
    single(bytes.length);
    [this.high, this.low] = [h, l];
  }

  /** Eight bytes, big-endian. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.high >>> 0, 0);
    bytes.writeUInt32BE(~this.low >>> 0, 4);
    return bytes;
  }
}
