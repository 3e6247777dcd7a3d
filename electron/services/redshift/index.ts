import type { contract } from '../../../shared/contract/index.ts';
import type { BackendContext } from '../../context.ts';
import { listColumns, listDatabases, listSchemas, listTables, listTablesOf } from '../../engines/redshift/catalog.ts';
import type { ServiceHandlers } from '../handlers.ts';

/** The catalog of Redshift. Its statements run like all others. */
export const redshiftHandlers = ({ aws }: BackendContext): ServiceHandlers<typeof contract.redshift> => ({
  databases: ({ input, signal }) => listDatabases(aws, input, signal),
  schemas: ({ input, signal }) => listSchemas(aws, input, signal),
  tablesOf: ({ input, signal }) => listTablesOf(aws, input, signal),
  tables: ({ input, signal }) => listTables(aws, input, signal),
  columns: ({ input, signal }) => listColumns(aws, input, signal),
});
