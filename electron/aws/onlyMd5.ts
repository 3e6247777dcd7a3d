import { createHash } from 'node:crypto';
import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-s3';
import type { Pluggable } from '@smithy/types';

interface Request {
  headers: Record<string, string>;
  body?: unknown;
}

const isChecksum = (name: string) => /^x-amz-(checksum-(?!mode|type)|sdk-checksum-)/i.test(name);

/**
 * Gives requests that must carry a checksum (DeleteObjects, bucket configurations) a Content-MD5 in the place of the SDK's
 * CRC32, which older servers do not know. https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/MD5_FALLBACK.md
 */
export const onlyMd5: Pluggable<ServiceInputTypes, ServiceOutputTypes> = {
  applyToStack(stack) {
    stack.add(
      (next) => async (args) => {
        const { headers, body } = args.request as Request;
        const names = Object.keys(headers).filter(isChecksum);
        if (names.length > 0 && (typeof body === 'string' || body instanceof Uint8Array)) {
          for (const name of names) delete headers[name];
          headers['content-md5'] = createHash('md5').update(body).digest('base64');
        }
        return next(args);
      },
      { step: 'build', priority: 'low', name: 'onlyMd5', override: true },
    );
  },
};
