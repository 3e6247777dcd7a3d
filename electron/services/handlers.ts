import type { ContractProcedure, InferSchemaInput, InferSchemaOutput, Meta, ErrorMap, AnySchema } from '@orpc/contract';

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
