import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Pluggable } from '@smithy/types';

/** A `longValue` of more digits than a number of JavaScript surely holds; a quote of a string before it would be escaped. */
const LONG = /(?<!\\)"longValue"\s*:\s*(-?\d{16,})/g;

export const asStrings = (json: string): string => json.replace(LONG, '"stringValue":"$1"');

interface Response {
  response?: { body?: unknown };
}

/** Integers of Redshift's rows that JSON.parse would round come as their text. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the clients' stacks differ in their input types only
export const exactIntegers: Pluggable<any, any> = {
  applyToStack(stack) {
    stack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        const { response } = result as Response;
        if (context.commandName !== 'GetStatementResultCommand' || !(response?.body instanceof Readable)) return result;
        response.body = Readable.from([Buffer.from(asStrings(await text(response.body)))]);
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'exactIntegers', override: true },
    );
  },
};
