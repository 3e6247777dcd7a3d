interface Statement {
  Effect?: unknown;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Condition?: unknown;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

const anyone = ({ Principal, NotPrincipal }: Statement): boolean =>
  NotPrincipal !== undefined || Principal === '*' || (typeof Principal === 'object' && Principal !== null && list((Principal as { AWS?: unknown }).AWS).includes('*'));

const covers = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action);

/** The actions without which a policy could no longer be looked at or taken back. */
const WAY_BACK = ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:GetBucketPolicy'];

/**
 * What a bucket policy would do that is easily regretted: `public` gives anyone something without a condition, `lockout`
 * denies everyone the policy itself. S3's own judgement of public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function policyRisks(policy: unknown): ('public' | 'lockout')[] {
  const { Statement: given } = (policy ?? {}) as { Statement?: unknown };
  const statements = (Array.isArray(given) ? given : [given]).filter((one): one is Statement => typeof one === 'object' && one !== null);
  const isPublic = statements.some((one) => one.Effect === 'Allow' && anyone(one) && one.Condition === undefined);
  const locksOut = statements.some((one) => {
    if (one.Effect !== 'Deny' || !anyone(one)) return false;
    const denied = (action: string) => (one.NotAction !== undefined ? !list(one.NotAction).some((pattern) => covers(pattern, action)) : list(one.Action).some((pattern) => covers(pattern, action)));
    return WAY_BACK.some(denied);
  });
  return [...(isPublic ? (['public'] as const) : []), ...(locksOut ? (['lockout'] as const) : [])];
}
