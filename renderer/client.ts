import { createORPCClient, mapEventIterator, ORPCError } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import type { ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../shared/contract/index.ts';
import { AppError, type AppErrorData } from '../shared/errors.ts';
import { signInEnded } from './signInEnded.ts';

export type Client = ContractRouterClient<Contract>;

/** What a call failed with, as the one error of the app. */
function toTypedError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  if (error.code === 'APP_ERROR') return AppError.fromData(error.data as AppErrorData);
  if (error.code === 'TOO_MANY_REQUESTS') return new AppError('Throttled', error.message, { retryable: true, cause: error });
  return new AppError('BadInput', `The backend refused a message: ${error.message}`, { cause: error });
}

const isIterator = (value: unknown): value is AsyncIterator<unknown> => typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** A link whose calls and streams fail with AppError. `explain` may say more about an error, e.g. a lost connection. */
export function typedLink(link: ClientLink<Record<never, never>>, explain: (error: unknown) => unknown = (error) => error): ClientLink<Record<never, never>> {
  return {
    async call(path, input, options) {
      const typed = (error: unknown) => {
        if (options.signal?.aborted) return new AppError('Cancelled', 'Cancelled.', { cause: error });
        const known = toTypedError(explain(error));
        if (known instanceof AppError && known.code === 'CredentialsExpired') signInEnded();
        return known;
      };
      try {
        const output = await link.call(path, input, options);
        return isIterator(output) ? mapEventIterator(output, { value: (value) => value as never, error: async (error) => typed(error) }) : output;
      } catch (error) {
        throw typed(error);
      }
    },
  };
}

/** The contract over Electron's MessagePort. The browser host's WebSocket link is in websocketLink.ts. */
export const clientOverPort = (port: MessagePort): Client => createORPCClient(typedLink(new MessagePortLink({ port })));
