import type { FunctionDoc } from './suggestions.ts';

/** Trino's functions with their signatures, for completion, parameter hints and hovers. */
export const functionDocs: FunctionDoc[] = [];
