import { z } from 'zod';

const amounts = { inputRows: z.number().optional(), inputBytes: z.number().optional(), outputRows: z.number().optional(), outputBytes: z.number().optional() };

/** One stage of a query; the last one, which gives the answer, comes first. */
export const runStage = z.object({ id: z.string(), depth: z.number(), state: z.string().optional(), executionMillis: z.number().optional(), ...amounts });
export type RunStage = z.infer<typeof runStage>;

/** What the engine measured of a finished run; only what it tells. */
export const runStatistics = z.object({
  /** ms, in the order they pass. */
  timeline: z.array(z.object({ part: z.enum(['preprocessing', 'queue', 'planning', 'engine', 'service', 'total']), millis: z.number() })),
  ...amounts,
  stages: z.array(runStage),
});
export type RunStatistics = z.infer<typeof runStatistics>;
