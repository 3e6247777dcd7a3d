import { setFlagsFromString } from 'node:v8';
import { serveParent, type Call } from '../../../processes/child.ts';
import { listEntries } from './archive.ts';
import { parse } from './parse.ts';
import { parquetChunks } from './parquetChunks.ts';
import { parquetFooterOf, parquetRows } from './parquetDetails.ts';
import type { FileHead, FileMethods, Need, Supply } from './protocol.ts';
import { fileSource, ownBuffer, type Source } from './source.ts';

// A file that unfolds without end ends this process, which is made to be lost, and nothing else.
setFlagsFromString('--max-old-space-size=512');

const waiting = new Map<string, { resolve(bytes: Uint8Array): void; reject(error: Error): void }>();
let sessions = 0;

/** Bytes beyond the head are asked for by progress events and come through `supply`. */
function on<Name extends keyof FileMethods>(run: (source: Source, options: FileMethods[Name]['options']) => Promise<FileMethods[Name]['answer']>) {
  return ({ file, options }: { file: FileHead; options: FileMethods[Name]['options'] }, call: Call) => {
    const session = String(++sessions);
    let ids = 0;
    const slice = (start: number, end: number, exactly: boolean): Promise<ArrayBuffer> => {
      if (call.signal.aborted) return Promise.reject(new Error('Nobody waits for this any more.'));
      const id = ++ids;
      return new Promise((resolve, reject) => {
        waiting.set(`${session}/${id}`, { resolve: (bytes) => resolve(ownBuffer(bytes)), reject });
        call.progress({ session, id, start, end, exactly } satisfies Need);
      });
    };
    return run(fileSource(file, slice), options);
  };
}

serveParent({
  parse: on<'parse'>(parse),
  parquet: on<'parquet'>(parquetFooterOf),
  chunks: on<'chunks'>(parquetChunks),
  rows: on<'rows'>(parquetRows),
  entries: on<'entries'>(listEntries),

  /** The answer to a Need. */
  supply: async ({ session, id, bytes }: Supply) => {
    const key = `${session}/${id}`;
    if (bytes) waiting.get(key)?.resolve(bytes);
    else waiting.get(key)?.reject(new Error('The bytes did not come.'));
    waiting.delete(key);
  },
} as never);
