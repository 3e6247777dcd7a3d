import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from '../errors.ts';

/** The data of the one typed error every procedure may answer with (shared/errors.ts). */
export const appErrorData = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  detail: z.string().optional(),
  retryable: z.boolean(),
  requestId: z.string().optional(),
  awsCode: z.string().optional(),
  action: z.string().optional(),
  resource: z.string().optional(),
  signInCommand: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
});

/** Every procedure starts from here, so every procedure can fail with `APP_ERROR` and nothing else. */
export const procedure = oc.errors({ APP_ERROR: { data: appErrorData } });

export const connectionId = z.string().min(1).max(64);
export const bucketName = z.string().min(1).max(255);
/** An S3 key: UTF-8, at most 1,024 bytes. Any characters. */
export const objectKey = z.string().min(1).max(1024);
export const prefix = z.string().max(1024);

/** A path on the backend's machine the user chose (a chooser, a drop). Opaque to the page. */
export const pathGrant = z.string().min(1).max(64);

export const done = z.object({ ok: z.literal(true) });
/** What a handler that has nothing to say returns. */
export const OK = { ok: true } as const;
