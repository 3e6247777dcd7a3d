import type { ObjectStore } from '../objects/objectStore.ts';
import type { Catalog } from '../glue/index.ts';
import type { EngineClient } from './engineClient.ts';
import type { PreparedStatements } from './preparedStatements.ts';
import type { AthenaStore } from './store.ts';
import type { ParquetFooters } from './tables/parquetFooters.ts';
import type { WorkGroups } from './workGroups.ts';

/** What every part of the service works with. */
export interface AthenaContext {
  store: AthenaStore;
  objects: ObjectStore;
  catalog: Catalog;
  engine: EngineClient;
  workGroups: WorkGroups;
  preparedStatements: PreparedStatements;
  footers: ParquetFooters;
  region: string;
}

/** The one data catalog of the lake: Glue's. */
export const DATA_CATALOG = 'AwsDataCatalog';
