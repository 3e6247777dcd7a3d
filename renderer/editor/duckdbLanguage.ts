import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { registerLanguage } from './trinoLanguage.ts';

export const duckdbLanguageId = 'duckdbsql';

/** DuckDB's words beyond those it shares with Trino. */
const keywords = [
  'ANTI', 'ASOF', 'EXCLUDE', 'GLOB', 'ILIKE', 'INCLUDE', 'LAMBDA', 'MACRO', 'MATERIALIZED', 'NAME', 'PIVOT', 'PIVOT_LONGER', 'PIVOT_WIDER', 'POSITIONAL', 'QUALIFY',
  'REPLACE', 'RETURNING', 'SAMPLE', 'SEMI', 'SIMILAR', 'SUMMARIZE', 'UNPIVOT', 'USING',
];
const types = ['BIT', 'BLOB', 'ENUM', 'FLOAT', 'HUGEINT', 'INT', 'LIST', 'STRING', 'STRUCT', 'TEXT', 'TIMESTAMPTZ', 'UBIGINT', 'UHUGEINT', 'UINTEGER', 'UNION', 'USMALLINT', 'UTINYINT', 'UUID'];

export const registerDuckdb = (monaco: typeof Monaco): void => registerLanguage(monaco, duckdbLanguageId, { keywords, types });
