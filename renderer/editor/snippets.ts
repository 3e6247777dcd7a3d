/** Beginnings of statements, offered where one starts; `$1` … are the places to fill, in order. */
export const snippets: { label: string; text: string }[] = [
  { label: 'select', text: 'SELECT ${1:*}\nFROM ${2:table}\nLIMIT ${3:100}' },
  { label: 'select group', text: 'SELECT ${1:column}, count(*) AS n\nFROM ${2:table}\nGROUP BY 1\nORDER BY n DESC' },
  { label: 'with', text: 'WITH ${1:name} AS (\n  SELECT ${2:*}\n  FROM ${3:table}\n)\nSELECT *\nFROM ${1:name}' },
  { label: 'latest per key', text: 'SELECT *\nFROM (\n  SELECT *, row_number() OVER (PARTITION BY ${1:key} ORDER BY ${2:time} DESC) AS row_in_key\n  FROM ${3:table}\n)\nWHERE row_in_key = 1' },
  { label: 'unnest', text: 'SELECT t.*, item\nFROM ${1:table} t\nCROSS JOIN UNNEST(t.${2:array}) AS u(item)' },
  { label: 'create table as', text: "CREATE TABLE ${1:name}\nWITH (\n  format = 'PARQUET',\n  external_location = 's3://${2:bucket/prefix}/'\n) AS\nSELECT ${3:*}\nFROM ${4:table}" },
  { label: 'create external table', text: "CREATE EXTERNAL TABLE ${1:name} (\n  ${2:column} string\n)\nPARTITIONED BY (${3:day} string)\nSTORED AS PARQUET\nLOCATION 's3://${4:bucket/prefix}/'" },
  { label: 'unload', text: "UNLOAD (\n  SELECT ${1:*}\n  FROM ${2:table}\n)\nTO 's3://${3:bucket/prefix}/'\nWITH (format = 'PARQUET', compression = 'SNAPPY')" },
  { label: 'add partition', text: "ALTER TABLE ${1:table} ADD IF NOT EXISTS\nPARTITION (${2:day} = '${3:2026-01-01}') LOCATION 's3://${4:bucket/prefix}/'" },
];
