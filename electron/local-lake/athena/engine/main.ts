import { parseArgs } from 'node:util';
import { serveParent, type Call } from '../../../processes/child.ts';
import { openDatabase, withConnection } from './database.ts';
import { prunePartitions } from './prune.ts';
import { readFooters } from './footers.ts';
import { readJsonKeys } from './jsonKeys.ts';
import type { JsonKeysRequest, PruneRequest, RunRequest } from './protocol.ts';
import { runQuery } from './run.ts';

/** The engine process of the local lake: DuckDB, apart from everything it could take down. */
const { values } = parseArgs({ options: { blobs: { type: 'string' }, work: { type: 'string' } } });
if (!values.blobs || !values.work) throw new Error('lake-engine needs --blobs DIR --work DIR.');
const instance = await openDatabase({ blobsDir: values.blobs, workDir: values.work });

serveParent({
  run: (request: RunRequest, call: Call) => withConnection(instance, call.signal, (connection) => runQuery(connection, request)),
  prune: (request: PruneRequest, call: Call) => withConnection(instance, call.signal, (connection) => prunePartitions(connection, request)),
  jsonKeys: (request: JsonKeysRequest, call: Call) => withConnection(instance, call.signal, (connection) => readJsonKeys(connection, request)),
  footers: (files: string[], call: Call) => withConnection(instance, call.signal, (connection) => readFooters(connection, files)),
});
