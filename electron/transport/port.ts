import { RPCHandler } from '@orpc/server/message-port';
import type { Router } from '../router.ts';
import { handlerOptions, type Caller } from './handlerOptions.ts';

/** A port of either kind: Electron's MessagePortMain (`on`) or the web's and Node's MessagePort (`addEventListener`). */
export type ContractPort = Parameters<InstanceType<typeof RPCHandler>['upgrade']>[0];

/** Serves the contract on one end of a message channel. The caller starts the port; closing it ends every call. */
export function serveContractOverPort(router: Router, port: ContractPort): void {
  const context: Caller = { running: 0 };
  new RPCHandler(router, handlerOptions as never).upgrade(port, { context });
}
