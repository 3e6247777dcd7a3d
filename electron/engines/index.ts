import type { AwsConnections } from '../aws/types.ts';
import { createAthenaEngine } from './athena/engine.ts';
import type { Engines } from './types.ts';

/** Every engine there is. A new one is a folder, a name in the contract (`engineName`) and a line here. */
export const createEngines = (aws: AwsConnections): Engines => ({ athena: createAthenaEngine(aws) });
