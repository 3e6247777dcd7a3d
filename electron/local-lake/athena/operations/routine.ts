import { z } from 'zod';
import { ENGINE_VERSION } from '../workGroups.ts';
import { operation, paged, type Operation } from './schemas.ts';

/** What clients ask on the way and the local lake has one answer for. */
export const routineOperations = (): Record<string, Operation> => ({
  ListEngineVersions: operation(z.object(paged(10)), async () => ({ EngineVersions: [ENGINE_VERSION, { ...ENGINE_VERSION, SelectedEngineVersion: ENGINE_VERSION.EffectiveEngineVersion }] })),
  ListTagsForResource: operation(z.object({ ResourceARN: z.string() }), async () => ({ Tags: [] })),
});
