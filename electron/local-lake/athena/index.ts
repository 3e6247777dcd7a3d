import path from 'node:path';
import type { StartChild } from '../../processes/parent.ts';
import type { GlueService } from '../glue/index.ts';
import { AwsJsonError, type JsonService } from '../jsonService.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import type { AthenaContext } from './context.ts';
import { EngineClient } from './engineClient.ts';
import { Executions } from './executions/executions.ts';
import { executionOperations } from './operations/executions.ts';
import { metadataOperations } from './operations/metadata.ts';
import { namedQueryOperations } from './operations/namedQueries.ts';
import { preparedStatementOperations } from './operations/preparedStatements.ts';
import { routineOperations } from './operations/routine.ts';
import { workGroupOperations } from './operations/workGroups.ts';
import { PreparedStatements } from './preparedStatements.ts';
import { AthenaStore } from './store.ts';
import { ParquetFooters } from './tables/parquetFooters.ts';
import { WorkGroups } from './workGroups.ts';

export interface AthenaOptions {
  /** DIR/lake: Athena's own records are in `dir/athena`, what its engine works with in `dir/work`. */
  dir: string;
  region: string;
  objects: ObjectStore;
  glue: GlueService;
  startChild: StartChild;
}

export interface AthenaService extends JsonService {
  engine: EngineClient;
}

/** Amazon Athena over the lake's catalog and objects; its engine is DuckDB in a process of its own. */
export async function createAthenaService({ dir, region, objects, glue, startChild }: AthenaOptions): Promise<AthenaService> {
  const store = await AthenaStore.open(path.join(dir, 'athena'));
  const workGroups = await WorkGroups.open(store);
  const engine = await EngineClient.open({ startChild, blobsDir: objects.blobs.dir, workDir: path.join(dir, 'work') });
  const context: AthenaContext = { store, objects, catalog: glue.catalog, engine, workGroups, preparedStatements: new PreparedStatements(store), footers: new ParquetFooters(engine), region };
  const executions = await Executions.open(context);
  const operations = {
    ...executionOperations(context, executions),
    ...workGroupOperations(context),
    ...metadataOperations(context),
    ...namedQueryOperations(context),
    ...preparedStatementOperations(context),
    ...routineOperations(),
  };
  return {
    targetPrefix: 'AmazonAthena',
    signingName: 'athena',
    engine,
    async handle(operation, input) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new AwsJsonError('UnknownOperationException', `The local lake does not implement Amazon Athena ${operation}.`);
      return run(input);
    },
    async close() {
      await executions.close();
      await store.close();
    },
  };
}
