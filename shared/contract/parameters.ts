import { z } from 'zod';

/** A value of `:name` or `?`, as its fields take it. */
export const parameterValue = z.object({ type: z.enum(['text', 'number', 'date', 'timestamp', 'boolean', 'null', 'sql']), value: z.string().max(4096) });
