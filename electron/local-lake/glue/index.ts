import path from 'node:path';
import { AwsJsonError, type JsonService } from '../jsonService.ts';
import { openCatalog, type Catalog } from './catalog.ts';
import { glueOperations } from './operations.ts';

export type { Catalog } from './catalog.ts';
export type { GlueColumn, GlueDatabase, GluePartition, GlueTable, StorageDescriptor, PartitionInput, TableInput } from './types.ts';

export interface GlueService extends JsonService {
  catalog: Catalog;
}

/** The AWS Glue Data Catalog over `dir`/catalog. */
export async function createGlueService({ dir, accountId }: { dir: string; accountId: string }): Promise<GlueService> {
  const catalog = await openCatalog(path.join(dir, 'catalog'), accountId);
  const operations = glueOperations(catalog);
  return {
    targetPrefix: 'AWSGlue',
    signingName: 'glue',
    catalog,
    async handle(operation, input) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new AwsJsonError('UnknownOperationException', `The local lake does not implement AWS Glue ${operation}.`);
      return run(input);
    },
    close: () => catalog.close(),
  };
}
