import { setFlagsFromString } from 'node:v8';
import { serveParent, type Call } from '../../../processes/child.ts';
import { parse } from './parse.ts';
import type { FileHead, Need } from './protocol.ts';

// A file that unfolds without end ends this process, which is made to be lost, and nothing else.
setFlagsFromString('--max-old-space-size=512');

const waiting = new Map<string, (bytes: Uint8Array) => void>();
let sessions = 0;

serveParent({
  /** FileHead → Parsed. Bytes beyond the head are asked for by progress events and come through `supply`. */
  parse: (file: FileHead, call: Call) => {
    const session = String(++sessions);
    let ids = 0;
    const slice = (start: number, end = file.size): Promise<ArrayBuffer> => {
      if (start >= 0 && end <= file.head.length) return Promise.resolve(exact(file.head.subarray(start, end)));
      if (!(start >= 0 && start <= end && end <= file.size)) throw new Error(`The file points outside itself (bytes ${start}-${end} of ${file.size}).`);
      const id = ++ids;
      return new Promise((resolve) => {
        waiting.set(`${session}/${id}`, (bytes) => resolve(exact(bytes)));
        call.progress({ session, id, start, end } satisfies Need);
      });
    };
    return parse(file, { byteLength: file.size, slice });
  },

  /** The answer to a Need. */
  supply: async ({ session, id, bytes }: { session: string; id: number; bytes: Uint8Array }) => {
    const key = `${session}/${id}`;
    waiting.get(key)?.(bytes);
    waiting.delete(key);
  },
} as never);

/** A buffer of its own: a Buffer's `slice` is a view into pooled memory, which would show more than the bytes meant. */
const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
