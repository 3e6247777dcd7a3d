import { duckdbLanguageId } from './duckdbLanguage.ts';
import { languageId } from './trinoLanguage.ts';

/** Whose SQL an editor's text is. */
export type Dialect = 'athena' | 'duckdb';

export const languageOf: Record<Dialect, string> = { athena: languageId, duckdb: duckdbLanguageId };

/** Every language of ours: completion, hovers and fixes serve them all. */
export const languageIds: string[] = Object.values(languageOf);
