import type { ContractProcedure, InferSchemaInput, InferSchemaOutput, Meta, ErrorMap, AnySchema } from '@orpc/contract';
import { AppError } from '../../shared/errors.ts';

/** What a handler is called with: the input, already parsed by the contract, and the caller's abort signal. */
export interface Call<Input> {
  input: Input;
  signal?: AbortSignal | undefined;
}

type Handler<P> =
  P extends ContractProcedure<infer Input extends AnySchema, infer Output extends AnySchema, ErrorMap, Meta>
    ? (call: Call<InferSchemaOutput<Input>>) => Promise<InferSchemaInput<Output>>
    : never;

/** One function per procedure of one service's contract: what `xHandlers(context)` returns. */
export type ServiceHandlers<Service> = { [Name in keyof Service]: Handler<Service[Name]> };

/** A service with something running (a queue, a child process) that has to end with the backend. */
export interface ClosableService<Service> {
  handlers: ServiceHandlers<Service>;
  close(): Promise<void>;
}

/** Handlers of a part that is not built in, by name. */
export function unavailable<Service extends object>(service: Service, name: string): ServiceHandlers<Service> {
  const refuse = (procedure: string) => async () => {
    throw new AppError('Unavailable', `${name}.${procedure} is not part of this build.`);
  };
  return Object.fromEntries(Object.keys(service).map((procedure) => [procedure, refuse(procedure)])) as unknown as ServiceHandlers<Service>;
}
