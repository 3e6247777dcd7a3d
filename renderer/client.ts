import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../shared/contract/index.ts';

export type Client = ContractRouterClient<Contract>;

/** The contract over Electron's MessagePort. The browser host's WebSocket link is in websocketLink.ts. */
export const clientOverPort = (port: MessagePort): Client => createORPCClient(new MessagePortLink({ port }));
