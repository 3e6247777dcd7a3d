import { z } from 'zod';
import type { GlueColumn, GlueDatabase, GlueTable } from '../../glue/index.ts';
import { AwsJsonError } from '../../jsonService.ts';
import { DATA_CATALOG, type AthenaContext } from '../context.ts';
import { invalidRequest, metadataError } from '../errors.ts';
import { operation, optional, paged, type Operation } from './schemas.ts';

const catalogName = z.string().min(1).max(256);
const inCatalog = z.object({ CatalogName: catalogName, WorkGroup: optional(z.string()) });
const inDatabase = inCatalog.extend({ DatabaseName: z.string().min(1).max(255) });

/** The data catalog and, through it, databases and tables as Athena shows them. */
export function metadataOperations({ catalog }: AthenaContext): Record<string, Operation> {
  const dataCatalog = { Name: DATA_CATALOG, Type: 'GLUE', Description: 'The Glue Data Catalog of this lake', Parameters: {}, Status: 'CREATE_COMPLETE' };
  const checkCatalog = (name: string) => {
    if (name.toLowerCase() !== DATA_CATALOG.toLowerCase()) throw invalidRequest(`Data catalog ${name} was not found. The local lake has ${DATA_CATALOG} only.`);
  };
  return {
    ListDataCatalogs: operation(z.object({ ...paged(50), WorkGroup: optional(z.string()) }), async () => ({
      DataCatalogsSummary: [{ CatalogName: DATA_CATALOG, Type: 'GLUE', Status: 'CREATE_COMPLETE' }],
    })),
    GetDataCatalog: operation(z.object({ Name: catalogName, WorkGroup: optional(z.string()) }), async ({ Name }) => {
      checkCatalog(Name);
      return { DataCatalog: dataCatalog };
    }),
    ListDatabases: operation(inCatalog.extend(paged(50)), async ({ CatalogName, MaxResults, NextToken }) => {
      checkCatalog(CatalogName);
      const found = await asMetadata(catalog.databases.list({ max: MaxResults ?? 50, token: NextToken }));
      return { DatabaseList: found.items.map(database), NextToken: found.nextToken };
    }),
    GetDatabase: operation(inDatabase, async ({ CatalogName, DatabaseName }) => {
      checkCatalog(CatalogName);
      return { Database: database(await asMetadata(catalog.databases.get(DatabaseName))) };
    }),
    ListTableMetadata: operation(inDatabase.extend({ Expression: optional(z.string().max(256)), ...paged(50) }), async ({ CatalogName, DatabaseName, Expression, MaxResults, NextToken }) => {
      checkCatalog(CatalogName);
      const found = await asMetadata(catalog.tables.list(DatabaseName, { expression: Expression, max: MaxResults ?? 50, token: NextToken }));
      return { TableMetadataList: found.items.map(tableMetadata), NextToken: found.nextToken };
    }),
    GetTableMetadata: operation(inDatabase.extend({ TableName: z.string().min(1).max(255) }), async ({ CatalogName, DatabaseName, TableName }) => {
      checkCatalog(CatalogName);
      return { TableMetadata: tableMetadata(await asMetadata(catalog.tables.get(DatabaseName, TableName))) };
    }),
  };
}

/** The catalog's errors as Athena passes them on. */
async function asMetadata<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AwsJsonError) throw metadataError(`${error.message} (Service: AmazonDataCatalog; Status Code: 400; Error Code: ${error.name})`);
    throw error;
  }
}

const database = ({ Name, Description, Parameters }: GlueDatabase) => ({ Name, Description, Parameters: Parameters ?? {} });
const column = ({ Name, Type, Comment }: GlueColumn) => ({ Name, Type, ...(Comment === undefined ? {} : { Comment }) });

function tableMetadata(table: GlueTable) {
  const { StorageDescriptor: storage } = table;
  const described = {
    inputformat: storage?.InputFormat,
    location: storage?.Location,
    outputformat: storage?.OutputFormat,
    'serde.serialization.lib': storage?.SerdeInfo?.SerializationLibrary,
    ...Object.fromEntries(Object.entries(storage?.SerdeInfo?.Parameters ?? {}).map(([key, value]) => [`serde.param.${key}`, value])),
  };
  return {
    Name: table.Name,
    CreateTime: table.CreateTime,
    LastAccessTime: table.LastAccessTime ?? 0,
    TableType: table.TableType,
    Columns: (storage?.Columns ?? []).map(column),
    PartitionKeys: (table.PartitionKeys ?? []).map(column),
    Parameters: { ...table.Parameters, ...Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined)) },
  };
}
