import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { nodeStartChild } from '../../electron/processes/parent.ts';
import { withoutHeader } from '../../electron/results/athenaCsv.ts';
import { createRecordCutter } from '../../electron/results/csvRecords.ts';
import { createResultsEngine, type ResultsEngine } from '../../electron/results/engineClient.ts';
import type { ResultColumn } from '../../shared/contract/results.ts';
import { outDir } from './serve.ts';

export interface TestEngine {
  engine: ResultsEngine;
  dir: string;
  /** Loads Athena's CSV (header included), cut into parts of `partBytes`, into a new file; answers with its path. */
  load(csv: string | Buffer, columns: ResultColumn[], options?: { partBytes?: number; inMemory?: boolean }): Promise<{ file: string; rows: number }>;
  close(): Promise<void>;
}

/** The real results engine process, over a folder of its own. */
export async function startTestEngine(): Promise<TestEngine> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'secchi-results-'));
  const tempDir = path.join(dir, 'tmp');
  await mkdir(tempDir);
  const engine = createResultsEngine(nodeStartChild(outDir), { folders: [dir], tempDir, memoryLimit: '1GB' });
  let files = 0;
  return {
    engine,
    dir,
    async load(csv, columns, { partBytes = 8 * 1024 * 1024, inMemory = false } = {}) {
      const file = path.join(dir, `result-${files++}.duckdb`);
      const bytes = Buffer.from(csv);
      await engine.call('create', { file, columns, inMemory });
      const cutter = createRecordCutter();
      const pending: Promise<{ rows: number }>[] = [];
      for (let at = 0; at < bytes.length; at += partBytes) {
        const part = path.join(dir, `part-${files}-${at}`);
        const last = at + partBytes >= bytes.length;
        const cut = cutter.cut(bytes.subarray(at, at + partBytes), last);
        const records = Buffer.concat(at === 0 ? withoutHeader(cut, columns) : cut);
        await writeFile(part, records);
        const stored = engine.call('append', { file, part, bytes: records.length, last });
        stored.catch(() => undefined);
        pending.push(stored);
      }
      const counts = await Promise.all(pending);
      return { file, rows: counts.at(-1)!.rows };
    },
    async close() {
      engine.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const varchars = (...names: string[]): ResultColumn[] => names.map((name) => ({ name, type: 'varchar' }));
