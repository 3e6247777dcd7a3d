import { fileSource, type Source } from '../../electron/services/files/engine/source.ts';

/** Bytes as a file that is read by ranges, with what was read of it. */
export function countedSource(name: string, bytes: Uint8Array, head = 4096): Source & { ranges: [number, number][]; bytesRead(): number } {
  const ranges: [number, number][] = [];
  const source = fileSource({ name, size: bytes.length, head: bytes.subarray(0, head) }, async (start, end) => {
    ranges.push([start, end]);
    return new Uint8Array(bytes.subarray(start, end)).buffer;
  });
  return { ...source, ranges, bytesRead: () => ranges.reduce((sum, [start, end]) => sum + end - start, Math.min(head, bytes.length)) };
}
