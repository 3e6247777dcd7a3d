import { duckdbLanguageId } from './duckdbLanguage.ts';
import { redshiftLanguageId } from './redshiftLanguage.ts';
import { languageId } from './trinoLanguage.ts';

/** Whose SQL an editor's text is. */
export type Dialect = 'athena' | 'duckdb' | 'redshift';

export const languageOf: Record<Dialect, string> = { athena: languageId, duckdb: duckdbLanguageId, redshift: redshiftLanguageId };

/** Every language of ours: completion, hovers and fixes serve them all. */
export const languageIds: string[] = Object.values(languageOf);
