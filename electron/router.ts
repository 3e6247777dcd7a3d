import { implement } from '@orpc/server';
import { contract } from '../shared/contract/index.ts';
import type { BackendContext } from './context.ts';
import { typedErrors } from './transport/typedErrors.ts';
import { unavailable, type ClosableService, type ServiceHandlers } from './services/handlers.ts';

type Services = typeof contract;
type Procedures = Record<string, { handler(run: unknown): unknown }>;

/** The whole contract, implemented; every failure leaves as the one typed error. */
export function createRouter(context: BackendContext) {
  const services: { [Name in keyof Services]: ServiceHandlers<Services[Name]> | ClosableService<Services[Name]> } = {
    app: unavailable(contract.app, 'app'),
    connections: unavailable(contract.connections, 'connections'),
    s3: unavailable(contract.s3, 's3'),
    catalog: unavailable(contract.catalog, 'catalog'),
    runs: unavailable(contract.runs, 'runs'),
    results: unavailable(contract.results, 'results'),
    transfers: unavailable(contract.transfers, 'transfers'),
    workspace: unavailable(contract.workspace, 'workspace'),
  };
  void context;

  const os = implement(contract).use(typedErrors);
  const closers: (() => Promise<void>)[] = [];
  const implemented: Record<string, Record<string, unknown>> = {};
  for (const [name, service] of Object.entries(services)) {
    const closable = 'close' in service && 'handlers' in service;
    const handlers = (closable ? service.handlers : service) as Record<string, unknown>;
    if (closable) closers.push((service as ClosableService<unknown>).close);
    const procedures = os[name as keyof Services] as unknown as Procedures;
    implemented[name] = Object.fromEntries(Object.entries(handlers).map(([procedure, run]) => [procedure, procedures[procedure]!.handler(run)]));
  }
  return {
    router: os.router(implemented as never),
    /** Ends what the services have running, newest first. */
    async close() {
      for (const end of closers.reverse()) await end();
    },
  };
}

export type Router = ReturnType<typeof createRouter>['router'];
