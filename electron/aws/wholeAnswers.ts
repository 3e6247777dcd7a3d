import type { Pluggable } from '@smithy/types';

interface SdkError {
  $retryable?: object;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

/** Reads can be asked again without harm. */
const isRead = (command: string | undefined) => /^(Get|List|Head|BatchGet|Search|Describe)/.test(command ?? '');

/** True for a successful answer whose body could not be parsed: it was cut short on the way. */
export function isCutShort(error: unknown): boolean {
  const { $response, $metadata } = error as SdkError;
  const status = $response?.statusCode ?? $metadata?.httpStatusCode;
  return status === 200 && error instanceof Error && /parse error|Deserialization error|Unexpected (end|token)|JSON/i.test(error.message);
}

/**
 * Marks a cut-short answer to a read as worth retrying, where the SDK would give up at once: a listing whose XML ends in
 * the middle must be asked again, never taken for complete.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the clients' stacks differ in their input types only
export const answersAreWhole: Pluggable<any, any> = {
  applyToStack(stack) {
    stack.add(
      (next, context) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (isCutShort(error) && isRead(context.commandName)) (error as SdkError).$retryable = {};
          throw error;
        }
      },
      { step: 'deserialize', priority: 'high', name: 'answersAreWhole', override: true },
    );
  },
};
