import { z } from 'zod';

/** What the service model allows of the shapes a caller sends; unknown members are dropped, as AWS drops them. */

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDatabase.html: any text of one line, 1 to 255 characters. */
export const name = z.string().min(1).max(255).regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line of text');
/** Databases, tables and columns are folded to lower case, as in the Hive metastore. */
export const foldedName = name.transform((text) => text.toLowerCase());
const parameters = z.record(z.string().max(255), z.string().max(512_000));
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const column = z.object({
  Name: foldedName,
  Type: optional(z.string().max(131_072)),
  Comment: optional(z.string().max(255)),
  Parameters: optional(parameters),
});

export const storageDescriptor = z.object({
  Columns: optional(z.array(column)),
  Location: optional(z.string().max(2056)),
  InputFormat: optional(z.string().max(128)),
  OutputFormat: optional(z.string().max(128)),
  Compressed: optional(z.boolean()),
  NumberOfBuckets: optional(z.number().int()),
  SerdeInfo: optional(z.object({ Name: optional(z.string().max(255)), SerializationLibrary: optional(z.string().max(255)), Parameters: optional(parameters) })),
  BucketColumns: optional(z.array(z.string())),
  SortColumns: optional(z.array(z.object({ Column: z.string().max(255), SortOrder: z.number().int().min(0).max(1) }))),
  Parameters: optional(parameters),
  StoredAsSubDirectories: optional(z.boolean()),
});

export const databaseInput = z.object({
  Name: foldedName,
  Description: optional(z.string().max(2048)),
  LocationUri: optional(z.string().min(1).max(1024)),
  Parameters: optional(parameters),
});

export const tableInput = z.object({
  Name: foldedName,
  Description: optional(z.string().max(2048)),
  Owner: optional(z.string().max(255)),
  LastAccessTime: optional(z.number()),
  LastAnalyzedTime: optional(z.number()),
  Retention: optional(z.number().int().min(0)),
  StorageDescriptor: optional(storageDescriptor),
  PartitionKeys: optional(z.array(column)),
  ViewOriginalText: optional(z.string().max(409_600)),
  ViewExpandedText: optional(z.string().max(409_600)),
  TableType: optional(z.string().max(255)),
  Parameters: optional(parameters),
});

const partitionValues = z.array(z.string().max(1024));
export const partitionInput = z.object({
  Values: optional(partitionValues),
  LastAccessTime: optional(z.number()),
  LastAnalyzedTime: optional(z.number()),
  StorageDescriptor: optional(storageDescriptor),
  Parameters: optional(parameters),
});

export const inCatalog = z.object({ CatalogId: optional(z.string().min(1).max(255)) });
export const inDatabase = inCatalog.extend({ DatabaseName: foldedName });
export const inTable = inDatabase.extend({ TableName: foldedName });
export const values = partitionValues.min(1);

/** One page: how many at most, and where the page before ended. */
export const paged = (most: number) => ({
  MaxResults: optional(z.number().int().min(1).max(most)),
  NextToken: optional(z.string()),
});
export { optional };
