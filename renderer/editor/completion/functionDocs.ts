import { functions } from '../../../shared/sql/functions.ts';
import type { FunctionDoc } from './suggestions.ts';

/** Trino's functions, one entry a signature, for completion, parameter hints and hovers: the engine's own list. */
export const functionDocs: FunctionDoc[] = functions.flatMap(({ name, signatures, doc }) =>
  signatures.map((signature) => ({ name, signature: `${name}${signature.replace(' -> ', ' → ')}`, description: doc })),
);
