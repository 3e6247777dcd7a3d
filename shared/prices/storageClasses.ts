const KIB = 1024;

/** What every region bills alike. https://aws.amazon.com/s3/storage-classes/ and https://aws.amazon.com/s3/pricing/ */
export interface ClassRules {
  /** Days that are charged even where an object goes earlier. */
  minimumDays: number;
  /** Bytes an object is charged for at least. */
  minimumBytes: number;
  /** Bytes added to each object: at the class's own rate, and at Standard's. */
  overhead?: { own: number; standard: number };
  /** Has to be restored before it can be read or copied. */
  archived?: boolean;
}

const NO_RULES: ClassRules = { minimumDays: 0, minimumBytes: 0 };

const RULES: Record<string, ClassRules> = {
  STANDARD_IA: { minimumDays: 30, minimumBytes: 128 * KIB },
  ONEZONE_IA: { minimumDays: 30, minimumBytes: 128 * KIB },
  GLACIER_IR: { minimumDays: 90, minimumBytes: 128 * KIB },
  GLACIER: { minimumDays: 90, minimumBytes: 0, overhead: { own: 32 * KIB, standard: 8 * KIB }, archived: true },
  DEEP_ARCHIVE: { minimumDays: 180, minimumBytes: 0, overhead: { own: 32 * KIB, standard: 8 * KIB }, archived: true },
};

export const rulesOf = (storageClass: string): ClassRules => RULES[storageClass] ?? NO_RULES;

/** Classes an object can be given, from the warmest to the coldest: the order lifecycle rules may follow. */
export const TARGET_CLASSES = ['STANDARD', 'INTELLIGENT_TIERING', 'STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const;
export type TargetClass = (typeof TARGET_CLASSES)[number];

/**
 * Whether a lifecycle rule may move objects of one class to another.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export function lifecycleMay(from: string, to: string): boolean {
  if (to === 'STANDARD' || from === to) return false;
  if (from === 'STANDARD' || from === 'REDUCED_REDUNDANCY') return true;
  const order = ['STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];
  if (from === 'ONEZONE_IA' && to === 'GLACIER_IR') return false;
  return order.includes(from) && order.indexOf(to) > order.indexOf(from);
}

/** Hours a restore takes as AWS states them. https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
export const RESTORE_TIMES: Record<string, Partial<Record<'Expedited' | 'Standard' | 'Bulk', { from: number; to: number }>>> = {
  GLACIER: { Expedited: { from: 1 / 60, to: 5 / 60 }, Standard: { from: 3, to: 5 }, Bulk: { from: 5, to: 12 } },
  DEEP_ARCHIVE: { Standard: { from: 0, to: 12 }, Bulk: { from: 0, to: 48 } },
};
