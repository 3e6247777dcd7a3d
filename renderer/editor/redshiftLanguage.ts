import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { registerLanguage } from './trinoLanguage.ts';

export const redshiftLanguageId = 'redshiftsql';

/** Redshift's words beyond those it shares with Trino. */
const keywords = ['DISTKEY', 'DISTSTYLE', 'ENCODE', 'ILIKE', 'MINUS', 'PIVOT', 'QUALIFY', 'RETURNING', 'SIMILAR', 'SORTKEY', 'TOP', 'UNPIVOT', 'VACUUM', 'COPY', 'UNLOAD'];
const types = ['BPCHAR', 'FLOAT4', 'FLOAT8', 'GEOGRAPHY', 'GEOMETRY', 'HLLSKETCH', 'INT2', 'INT4', 'INT8', 'NUMERIC', 'SUPER', 'TEXT', 'TIMESTAMPTZ', 'TIMETZ', 'VARBYTE'];

export const registerRedshift = (monaco: typeof Monaco): void => registerLanguage(monaco, redshiftLanguageId, { keywords, types });
