import { implement } from '@orpc/server';
import { contract } from '../shared/contract/index.ts';
import type { ManagedConnections } from './aws/connections.ts';
import type { BackendContext } from './context.ts';
import { appHandlers } from './services/app/index.ts';
import { connectionsHandlers } from './services/connections/index.ts';
import { dashboardsHandlers } from './services/dashboards/index.ts';
import { deskHandlers } from './services/desk/index.ts';
import { estimatesHandlers } from './services/estimates/index.ts';
import { previewHandlers } from './services/files/index.ts';
import { catalogHandlers } from './services/glue/index.ts';
import type { ClosableService, ServiceHandlers } from './services/handlers.ts';
import { redshiftHandlers } from './services/redshift/index.ts';
import { resultsHandlers } from './services/results/index.ts';
import { runsHandlers } from './services/runs/index.ts';
import { s3Handlers } from './services/s3/index.ts';
import { s3ObjectsHandlers } from './services/s3Objects/index.ts';
import { s3TiersHandlers } from './services/s3Tiers/index.ts';
import { s3BucketHandlers } from './services/s3Bucket/index.ts';
import { s3SearchHandlers } from './services/s3Search/index.ts';
import { s3VersionsHandlers } from './services/s3Versions/index.ts';
import { syncHandlers } from './services/sync/index.ts';
import { savedQueriesHandlers } from './services/savedQueries/index.ts';
import { transfersHandlers } from './services/transfers/index.ts';
import { workspaceHandlers } from './services/workspace/index.ts';
import { SyncPlans } from './transfers/sync/plans.ts';
import { typedErrors } from './transport/typedErrors.ts';

type Services = typeof contract;
type Service<Name extends keyof Services> = ServiceHandlers<Services[Name]> | ClosableService<Services[Name]>;
type Procedures = Record<string, { handler(run: unknown): unknown }>;

/** One line a service. A new one is added here and in shared/contract/index.ts. */
function services(context: BackendContext, aws: ManagedConnections): { [Name in keyof Services]: Service<Name> } {
  const plans = new SyncPlans(context);
  return {
    app: appHandlers(context),
    connections: connectionsHandlers(aws),
    s3: s3Handlers(context),
    s3Bucket: s3BucketHandlers(context),
    s3Search: s3SearchHandlers(context),
    catalog: catalogHandlers(context),
    preview: previewHandlers(context),
    runs: runsHandlers(context),
    desk: deskHandlers(context),
    redshift: redshiftHandlers(context),
    estimates: estimatesHandlers(context),
    results: resultsHandlers(context),
    dashboards: dashboardsHandlers(context),
    savedQueries: savedQueriesHandlers(context),
    s3Objects: s3ObjectsHandlers(context),
    s3Tiers: s3TiersHandlers(context),
    s3Versions: s3VersionsHandlers(context),
    sync: syncHandlers(context, plans),
    transfers: transfersHandlers(context, plans),
    workspace: workspaceHandlers(context),
  };
}

const isClosable = <S>(service: ServiceHandlers<S> | ClosableService<S>): service is ClosableService<S> => 'handlers' in service && 'close' in service;

/** The whole contract, implemented; every failure leaves as the one typed error. */
export function createRouter(context: BackendContext, aws: ManagedConnections) {
  const os = implement(contract).use(typedErrors);
  const running: ClosableService<unknown>[] = [];
  const implemented: Record<string, object> = {};
  for (const [name, service] of Object.entries(services(context, aws)) as [keyof Services, Service<'app'>][]) {
    if (isClosable(service)) running.push(service as unknown as ClosableService<unknown>);
    const handlers = isClosable(service) ? service.handlers : service;
    const procedures = os[name] as unknown as Procedures;
    implemented[name] = Object.fromEntries(Object.entries(handlers).map(([procedure, run]) => [procedure, procedures[procedure]!.handler(run)]));
  }
  return {
    router: os.router(implemented as never),
    /** Ends what the services have running. */
    async close(): Promise<void> {
      await Promise.all(running.map((service) => service.close()));
    },
  };
}

export type Router = ReturnType<typeof createRouter>['router'];
