import { GetDatabasesCommand, GetPartitionsCommand, GetTableCommand, GetTablesCommand, GetTableVersionsCommand } from '@aws-sdk/client-glue';
import type { AwsConnections } from '../../aws/types.ts';
import { fillPage, GLUE_CATALOG, type CatalogSource } from './source.ts';
import { toColumn, toTable } from './tableShape.ts';

// The services' own largest pages: https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html and neighbours.
const MOST = { databases: 100, tables: 100, partitions: 1000, versions: 100 };

/** The account's Glue Data Catalog. */
export function glueSource(aws: AwsConnections, connectionId: string): CatalogSource {
  const about = (action: string, resource: string) => ({ connectionId, action: `glue:${action}`, resource });
  const tableName = (database: string, table: string) => `table ${database}.${table}`;

  return {
    databases: (page) =>
      fillPage(page, MOST.databases, (NextToken, MaxResults) =>
        aws.attempt(about('GetDatabases', 'the catalog’s databases'), async ({ glue }) => {
          const answer = await glue.send(new GetDatabasesCommand({ NextToken, MaxResults }), { abortSignal: page.signal });
          const items = (answer.DatabaseList ?? []).map(({ Name = '', Description, LocationUri }) => ({ name: Name, description: Description, locationUri: LocationUri }));
          return { items, nextToken: answer.NextToken };
        }),
      ),

    tables: (database, page) =>
      fillPage(page, MOST.tables, (NextToken, MaxResults) =>
        aws.attempt(about('GetTables', `database ${database}`), async ({ glue }) => {
          const answer = await glue.send(new GetTablesCommand({ DatabaseName: database, NextToken, MaxResults }), { abortSignal: page.signal });
          return { items: (answer.TableList ?? []).map((table) => toTable(GLUE_CATALOG, table)), nextToken: answer.NextToken };
        }),
      ),

    table: (database, name, abortSignal) =>
      aws.attempt(about('GetTable', tableName(database, name)), async ({ glue }) => {
        const { Table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }), { abortSignal });
        return toTable(GLUE_CATALOG, Table ?? { Name: name });
      }),

    partitions: (database, table, Expression, page) =>
      fillPage(page, MOST.partitions, (NextToken, MaxResults) =>
        aws.attempt(about('GetPartitions', tableName(database, table)), async ({ glue }) => {
          const request = { DatabaseName: database, TableName: table, Expression, NextToken, MaxResults, ExcludeColumnSchema: true };
          const answer = await glue.send(new GetPartitionsCommand(request), { abortSignal: page.signal });
          const items = (answer.Partitions ?? []).map(({ Values = [], StorageDescriptor, CreationTime, Parameters = {} }) => ({
            values: Values,
            location: StorageDescriptor?.Location,
            createdAt: CreationTime?.toISOString(),
            parameters: Parameters,
          }));
          return { items, nextToken: answer.NextToken };
        }),
      ),

    versions: (database, table, page) =>
      fillPage(page, MOST.versions, (NextToken, MaxResults) =>
        aws.attempt(about('GetTableVersions', tableName(database, table)), async ({ glue }) => {
          const answer = await glue.send(new GetTableVersionsCommand({ DatabaseName: database, TableName: table, NextToken, MaxResults }), { abortSignal: page.signal });
          const items = (answer.TableVersions ?? []).map(({ Table: version, VersionId }) => ({
            versionId: VersionId ?? version?.VersionId ?? '',
            updatedAt: version?.UpdateTime?.toISOString(),
            columns: (version?.StorageDescriptor?.Columns ?? []).map(toColumn),
            partitionKeys: (version?.PartitionKeys ?? []).map(toColumn),
            location: version?.StorageDescriptor?.Location,
            parameters: version?.Parameters ?? {},
          }));
          return { items, nextToken: answer.NextToken };
        }),
      ),
  };
}
