/**
 * The records of the AWS Glue Data Catalog as its JSON API names them. Timestamps are seconds since 1970.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_Types.html
 */
export interface GlueColumn {
  Name: string;
  Type?: string;
  Comment?: string;
  Parameters?: Record<string, string>;
}

export interface SerDeInfo {
  Name?: string;
  SerializationLibrary?: string;
  Parameters?: Record<string, string>;
}

export interface StorageDescriptor {
  Columns?: GlueColumn[];
  Location?: string;
  InputFormat?: string;
  OutputFormat?: string;
  Compressed?: boolean;
  NumberOfBuckets?: number;
  SerdeInfo?: SerDeInfo;
  BucketColumns?: string[];
  SortColumns?: { Column: string; SortOrder: number }[];
  Parameters?: Record<string, string>;
  StoredAsSubDirectories?: boolean;
}

export interface DatabaseInput {
  Name: string;
  Description?: string;
  LocationUri?: string;
  Parameters?: Record<string, string>;
}
export interface GlueDatabase extends DatabaseInput {
  CreateTime: number;
  CatalogId: string;
}

export interface TableInput {
  Name: string;
  Description?: string;
  Owner?: string;
  LastAccessTime?: number;
  LastAnalyzedTime?: number;
  Retention?: number;
  StorageDescriptor?: StorageDescriptor;
  PartitionKeys?: GlueColumn[];
  ViewOriginalText?: string;
  ViewExpandedText?: string;
  TableType?: string;
  Parameters?: Record<string, string>;
}
export interface GlueTable extends TableInput {
  DatabaseName: string;
  CatalogId: string;
  CreateTime: number;
  UpdateTime: number;
  VersionId: string;
  IsRegisteredWithLakeFormation: boolean;
}

export interface PartitionInput {
  Values?: string[];
  LastAccessTime?: number;
  LastAnalyzedTime?: number;
  StorageDescriptor?: StorageDescriptor;
  Parameters?: Record<string, string>;
}
export interface GluePartition extends PartitionInput {
  Values: string[];
  DatabaseName: string;
  TableName: string;
  CatalogId: string;
  CreationTime: number;
}
