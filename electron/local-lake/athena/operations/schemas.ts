import { z } from 'zod';
import { AwsJsonError } from '../../jsonService.ts';

export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const workGroupName = z.string().regex(/^[a-zA-Z0-9._-]{1,128}$/, "must satisfy regular expression pattern: [a-zA-Z0-9._-]{1,128}");
export const statementName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_@:]{1,256}$/, 'must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_@:]{1,256}');
export const queryText = z.string().min(1).max(262_144);
export const executionId = z.string().regex(/^\S{1,128}$/);
export const paged = (most: number) => ({ MaxResults: optional(z.number().int().min(1).max(most)), NextToken: optional(z.string().min(1).max(1024)) });
export const resultConfiguration = z.object({
  OutputLocation: optional(z.string()),
  EncryptionConfiguration: optional(z.object({ EncryptionOption: z.enum(['SSE_S3', 'SSE_KMS', 'CSE_KMS']), KmsKey: optional(z.string()) })),
  ExpectedBucketOwner: optional(z.string()),
  AclConfiguration: optional(z.object({ S3AclOption: z.string() })),
});

export type Operation = (input: unknown) => Promise<unknown>;

/** An operation: its input's shape, and what it does. InvalidRequestException names the place that is wrong. */
export const operation =
  <T extends z.ZodType>(schema: T, run: (input: z.output<T>) => Promise<unknown>): Operation =>
  async (input) => {
    const parsed = schema.safeParse(input ?? {});
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `Value at '${issue.path.join('.') || 'input'}' failed to satisfy constraint: ${issue.message}`);
      throw new AwsJsonError('InvalidRequestException', `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${issues.join('; ')}`, 400, { AthenaErrorCode: 'INVALID_INPUT' });
    }
    return (await run(parsed.data)) ?? {};
  };
