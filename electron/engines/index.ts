import type { AwsConnections } from '../aws/types.ts';
import { createAthenaEngine } from './athena/engine.ts';
import type { Desk } from './duckdb/desk.ts';
import { createRedshiftEngine } from './redshift/engine.ts';
import type { Engines } from './types.ts';

/** Every engine there is. A new one is a folder, a name in the contract (`engineName`) and a line here. */
export const createEngines = (aws: AwsConnections, desk: Desk): Engines => ({ athena: createAthenaEngine(aws), duckdb: desk.engine, redshift: createRedshiftEngine(aws) });
