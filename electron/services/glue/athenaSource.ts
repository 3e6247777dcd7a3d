import { GetTableMetadataCommand, ListDatabasesCommand, ListDataCatalogsCommand, ListTableMetadataCommand, type TableMetadata } from '@aws-sdk/client-athena';
import type { DataCatalog } from '../../../shared/contract/catalog.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { fillPage, GLUE_CATALOG, type CatalogSource, type Table } from './source.ts';
import { toTable } from './tableShape.ts';

/** Athena gives SerDe and location among the parameters. */
function fromMetadata(catalog: string, database: string, metadata: TableMetadata): Table {
  const { Parameters = {} } = metadata;
  return toTable(catalog, {
    Name: metadata.Name,
    DatabaseName: database,
    TableType: metadata.TableType,
    PartitionKeys: metadata.PartitionKeys as never,
    Parameters,
    CreateTime: metadata.CreateTime,
    StorageDescriptor: {
      Columns: metadata.Columns as never,
      Location: Parameters.location,
      InputFormat: Parameters.inputformat,
      OutputFormat: Parameters.outputformat,
      SerdeInfo: { SerializationLibrary: Parameters['serde.serialization.lib'] },
    },
  });
}

/** A federated data catalog, as Athena sees it. https://docs.aws.amazon.com/athena/latest/APIReference/API_ListTableMetadata.html */
export function athenaSource(aws: AwsConnections, connectionId: string, catalog: string): CatalogSource {
  const about = (action: string, resource: string) => ({ connectionId, action: `athena:${action}`, resource });
  const onlyGlue = (what: string) => async () => {
    throw new AppError('NotImplemented', `${what} of catalog ${catalog} cannot be listed.`, { detail: `Athena tells them of ${GLUE_CATALOG} only.`, resource: catalog });
  };
  return {
    databases: (page) =>
      fillPage(page, 50, (NextToken, MaxResults) =>
        aws.attempt(about('ListDatabases', `catalog ${catalog}`), async ({ athena }) => {
          const answer = await athena.send(new ListDatabasesCommand({ CatalogName: catalog, NextToken, MaxResults }), { abortSignal: page.signal });
          return { items: (answer.DatabaseList ?? []).map(({ Name = '', Description }) => ({ name: Name, description: Description })), nextToken: answer.NextToken };
        }),
      ),
    tables: (database, page) =>
      fillPage(page, 50, (NextToken, MaxResults) =>
        aws.attempt(about('ListTableMetadata', `database ${catalog}.${database}`), async ({ athena }) => {
          const answer = await athena.send(new ListTableMetadataCommand({ CatalogName: catalog, DatabaseName: database, NextToken, MaxResults }), { abortSignal: page.signal });
          return { items: (answer.TableMetadataList ?? []).map((table) => fromMetadata(catalog, database, table)), nextToken: answer.NextToken };
        }),
      ),
    table: (database, name, abortSignal) =>
      aws.attempt(about('GetTableMetadata', `table ${catalog}.${database}.${name}`), async ({ athena }) => {
        const { TableMetadata } = await athena.send(new GetTableMetadataCommand({ CatalogName: catalog, DatabaseName: database, TableName: name }), { abortSignal });
        return fromMetadata(catalog, database, TableMetadata ?? { Name: name });
      }),
    partitions: onlyGlue('Partitions'),
    versions: onlyGlue('Versions'),
  };
}

/** All data catalogs, the Glue one first; it alone for those who may not list them (USERS 7). */
export async function listCatalogs(aws: AwsConnections, connectionId: string, abortSignal?: AbortSignal): Promise<DataCatalog[]> {
  try {
    return await readCatalogs(aws, connectionId, abortSignal);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'AccessDenied' || error.code === 'NotImplemented')) return [{ name: GLUE_CATALOG, type: 'GLUE' }];
    throw error;
  }
}

function readCatalogs(aws: AwsConnections, connectionId: string, abortSignal?: AbortSignal): Promise<DataCatalog[]> {
  return aws.attempt({ connectionId, action: 'athena:ListDataCatalogs', resource: 'the data catalogs' }, async ({ athena }) => {
    const others: DataCatalog[] = [];
    let own: DataCatalog = { name: GLUE_CATALOG, type: 'GLUE' };
    let NextToken: string | undefined;
    do {
      const answer = await athena.send(new ListDataCatalogsCommand({ NextToken, MaxResults: 50 }), { abortSignal });
      for (const { CatalogName = '', Type = 'GLUE', Status } of answer.DataCatalogsSummary ?? []) {
        const catalog = { name: CatalogName, type: Type, status: Status };
        if (CatalogName === GLUE_CATALOG) own = catalog;
        else others.push(catalog);
      }
      NextToken = answer.NextToken || undefined;
    } while (NextToken);
    return [own, ...others];
  });
}
