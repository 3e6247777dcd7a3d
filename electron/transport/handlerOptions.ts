import type { StandardHandlerOptions } from '@orpc/server/standard';
import { log } from '../log.ts';

/** One page's connection: how many of its calls are running. */
export interface Caller {
  running: number;
}

/** More than any page of ours has open at once (streams do not count once they have begun). */
const MOST_RUNNING = 256;

const refusal = (status: number, code: string, message: string) => ({
  matched: true as const,
  response: { status, headers: {}, body: { json: { defined: false, code, status, message } } },
});

/** What every transport does around the router: counts calls, and logs messages that fit no procedure. */
export const handlerOptions: StandardHandlerOptions<Record<never, never>> = {
  rootInterceptors: [
    async (options) => {
      const caller = options.context as Caller;
      const { pathname } = options.request.url;
      if (caller.running >= MOST_RUNNING) {
        log.warn('refused', pathname, 'too many calls at once');
        return refusal(429, 'TOO_MANY_REQUESTS', 'Too many calls at once.');
      }
      let counted = true;
      // A call its caller gave up no longer counts, however long its handler still takes.
      const release = () => {
        if (counted) caller.running--;
        counted = false;
      };
      caller.running++;
      options.request.signal?.addEventListener('abort', release, { once: true });
      try {
        const result = await options.next();
        if (result.matched) {
          if (result.response.status === 400) log.warn('refused', pathname, 'the message cannot be read');
          return result;
        }
        log.warn('refused', pathname, 'no such procedure');
        return refusal(404, 'NOT_FOUND', 'There is no such procedure.');
      } finally {
        options.request.signal?.removeEventListener('abort', release);
        release();
      }
    },
  ],
};
