import type { StorageDescriptor } from '../../glue/index.ts';

const HIVE = 'org.apache.hadoop.hive';
export const LAZY_SIMPLE = `${HIVE}.serde2.lazy.LazySimpleSerDe`;
export const OPEN_CSV = `${HIVE}.serde2.OpenCSVSerde`;
export const OPENX_JSON = 'org.openx.data.jsonserde.JsonSerDe';
export const PARQUET = `${HIVE}.ql.io.parquet.serde.ParquetHiveSerDe`;

const TEXT_FORMATS = { InputFormat: 'org.apache.hadoop.mapred.TextInputFormat', OutputFormat: `${HIVE}.ql.io.HiveIgnoreKeyTextOutputFormat` };

/** The part of a storage descriptor that says how the objects read, by the name DDL gives a format (STORED AS). */
export const STORED_AS: Record<string, Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat' | 'SerdeInfo'>> = {
  PARQUET: {
    InputFormat: `${HIVE}.ql.io.parquet.MapredParquetInputFormat`,
    OutputFormat: `${HIVE}.ql.io.parquet.MapredParquetOutputFormat`,
    SerdeInfo: { SerializationLibrary: PARQUET },
  },
  ORC: { InputFormat: `${HIVE}.ql.io.orc.OrcInputFormat`, OutputFormat: `${HIVE}.ql.io.orc.OrcOutputFormat`, SerdeInfo: { SerializationLibrary: `${HIVE}.ql.io.orc.OrcSerde` } },
  AVRO: {
    InputFormat: `${HIVE}.ql.io.avro.AvroContainerInputFormat`,
    OutputFormat: `${HIVE}.ql.io.avro.AvroContainerOutputFormat`,
    SerdeInfo: { SerializationLibrary: `${HIVE}.serde2.avro.AvroSerDe` },
  },
  TEXTFILE: { ...TEXT_FORMATS, SerdeInfo: { SerializationLibrary: LAZY_SIMPLE } },
  JSON: { ...TEXT_FORMATS, SerdeInfo: { SerializationLibrary: OPENX_JSON } },
  SEQUENCEFILE: {
    InputFormat: 'org.apache.hadoop.mapred.SequenceFileInputFormat',
    OutputFormat: `${HIVE}.ql.io.HiveSequenceFileOutputFormat`,
    SerdeInfo: { SerializationLibrary: LAZY_SIMPLE },
  },
  RCFILE: {
    InputFormat: `${HIVE}.ql.io.RCFileInputFormat`,
    OutputFormat: `${HIVE}.ql.io.RCFileOutputFormat`,
    SerdeInfo: { SerializationLibrary: `${HIVE}.serde2.columnar.LazyBinaryColumnarSerDe` },
  },
};
