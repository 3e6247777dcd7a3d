import { z } from 'zod';

/**
 * What to do with a file where something is at its target already. `newer`: overwrite where the file is of another size
 * or was changed later, else skip. `keepBoth`: the file gets another name, `report (2).csv`.
 */
export const conflictChoice = z.enum(['overwrite', 'newer', 'skip', 'keepBoth']);
export type ConflictChoice = z.infer<typeof conflictChoice>;
/** `ask`: the transfer waits for an answer before anything is moved. */
export const conflictPolicy = z.enum(['ask', ...conflictChoice.options]);
export type ConflictPolicy = z.infer<typeof conflictPolicy>;

/** One side of a conflict. What may not be read is left out. */
const side = z.object({
  /** Bytes. */
  size: z.number().optional(),
  /** ISO 8601. */
  modified: z.string().optional(),
});

/** A file that waits for an answer. `index`: its place in the transfer. */
export const conflict = z.object({ index: z.number().int(), key: z.string(), ours: side, there: side });
export type Conflict = z.infer<typeof conflict>;
