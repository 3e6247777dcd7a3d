import { app } from './app.ts';
import { catalog } from './catalog.ts';
import { connections } from './connections.ts';
import { dashboards } from './dashboards.ts';
import { desk } from './desk.ts';
import { estimates } from './estimates.ts';
import { previewContract } from './preview.ts';
import { redshift } from './redshift.ts';
import { results } from './results.ts';
import { runs } from './runs.ts';
import { s3 } from './s3.ts';
import { s3Objects } from './s3Objects.ts';
import { s3Tiers } from './s3Tiers.ts';
import { s3Bucket } from './s3Bucket.ts';
import { s3Search } from './s3Search.ts';
import { s3Versions } from './s3Versions.ts';
import { sync } from './sync.ts';
import { savedQueries } from './savedQueries.ts';
import { transfers } from './transfers.ts';
import { workspace } from './workspace.ts';

/** The only door between page and backend. A new service adds one line here. */
export const contract = { app, connections, s3, s3Search, catalog, preview: previewContract, runs, desk, redshift, estimates, results, dashboards, savedQueries, s3Bucket, s3Objects, s3Tiers, s3Versions, sync, transfers, workspace };
export type Contract = typeof contract;
