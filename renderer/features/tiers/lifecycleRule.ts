export interface RuleWish {
  prefix: string;
  /** Days since the object was made. */
  days: number;
  /** Bytes. */
  minSize: number;
  to: string;
}

/** As PutBucketLifecycleConfiguration takes it. Standard-IA and One Zone-IA take objects of 30 days and more only. */
export function lifecycleRule({ prefix, days, minSize, to }: RuleWish) {
  const least = to === 'STANDARD_IA' || to === 'ONEZONE_IA' ? 30 : 0;
  // Objects of exactly the size are meant too: the rule says "greater than".
  const greater = Math.max(0, minSize - 1);
  return {
    ID: `to ${to} after ${Math.max(days, least)} days${prefix ? ` below ${prefix}` : ''}`.slice(0, 255),
    Status: 'Enabled' as const,
    Filter: greater > 0 ? { And: { Prefix: prefix, ObjectSizeGreaterThan: greater } } : { Prefix: prefix },
    Transitions: [{ Days: Math.max(days, least), StorageClass: to }],
  };
}
