import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AwsConnections } from '../../../electron/aws/types.ts';
import type { ResultsEngine } from '../../../electron/results/engineClient.ts';
import { loadResult, type LoadRequest } from '../../../electron/results/load.ts';
import { AppError } from '../../../shared/errors.ts';

test('FAULTS 22: a load that fails waits for what the engine still stores; nothing reports rows afterwards', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-load-'));
  const denied = new AppError('AccessDenied', 'no');
  const aws = {} as AwsConnections;
  let store!: () => void;
  let began!: (part: string) => void;
  const appending = new Promise<string>((resolve) => (began = resolve));
  const engine = {
    call: (method: string, args: { part: string }) => {
      if (method !== 'append') return Promise.resolve();
      began(args.part);
      return new Promise((resolve) => (store = () => resolve({ rows: 1 })));
    },
  } as unknown as ResultsEngine;
  const reported: unknown[] = [];
  const request = {
    run: { id: 'r', connectionId: 'c', externalId: 'q' },
    found: { columns: [{ name: 'a', type: 'varchar' }], rows: [['x']], nextToken: 'more', ways: [{ kind: 'pages', page: () => Promise.reject(denied) }] },
    file: path.join(dir, 'rows.duckdb'),
    signal: new AbortController().signal,
    onProgress: (change: object) => void ('rows' in change && reported.push(change)),
  } as unknown as LoadRequest;
  const loading = loadResult(aws, engine, request).then(
    () => 'loaded',
    (error: unknown) => error,
  );
  const part = await appending;
  // Far more work for the disk than a load that did not wait would have to do before it ends.
  for (let turn = 0; turn < 300; turn++) await stat(dir);
  expect(existsSync(part)).toBe(true);
  store();
  expect(await loading).toBe(denied);
  expect(reported).toEqual([{ rows: 1 }]);
  await rm(dir, { recursive: true });
});
