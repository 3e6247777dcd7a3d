/** A lifecycle rule in the API's names; what is not named here is kept as it is. */
export interface Rule {
  ID?: string;
  Status?: 'Enabled' | 'Disabled';
  /** The form before filters. */
  Prefix?: string;
  Filter?: Filter;
  Transitions?: { Days?: number; Date?: string; StorageClass?: string }[];
  Expiration?: { Days?: number; Date?: string; ExpiredObjectDeleteMarker?: boolean };
  NoncurrentVersionTransitions?: { NoncurrentDays?: number; NewerNoncurrentVersions?: number; StorageClass?: string }[];
  NoncurrentVersionExpiration?: { NoncurrentDays?: number; NewerNoncurrentVersions?: number };
  AbortIncompleteMultipartUpload?: { DaysAfterInitiation?: number };
}

export interface Tag {
  Key: string;
  Value: string;
}
export interface Conditions {
  Prefix?: string;
  Tags?: Tag[];
  /** Bytes. */
  ObjectSizeGreaterThan?: number;
  ObjectSizeLessThan?: number;
}
export interface Filter extends Omit<Conditions, 'Tags'> {
  Tag?: Tag;
  And?: Conditions;
}

/** From warm to cold: objects move down this list only. */
export const CLASSES = ['STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const;

export const rulesOf = (value: unknown): Rule[] => {
  const rules = (value as { Rules?: unknown } | null)?.Rules;
  return Array.isArray(rules) ? (rules as Rule[]) : [];
};

/** The conditions of a rule, however its filter is written. */
export function conditionsOf({ Filter: filter, Prefix }: Rule): Conditions {
  if (filter?.And) return filter.And;
  if (!filter) return Prefix ? { Prefix } : {};
  const { Tag: tag, And: _and, ...rest } = filter;
  return tag ? { ...rest, Tags: [tag] } : rest;
}

/** The filter S3 wants for these conditions: `And` for more than one, and nothing empty. */
export function filterOf(conditions: Conditions): Filter {
  const { Prefix, Tags = [], ObjectSizeGreaterThan, ObjectSizeLessThan } = conditions;
  const sizes = { ...(ObjectSizeGreaterThan !== undefined && { ObjectSizeGreaterThan }), ...(ObjectSizeLessThan !== undefined && { ObjectSizeLessThan }) };
  const count = (Prefix ? 1 : 0) + Tags.length + Object.keys(sizes).length;
  if (count > 1) return { And: { ...(Prefix && { Prefix }), ...(Tags.length > 0 && { Tags }), ...sizes } };
  if (Tags[0]) return { Tag: Tags[0] };
  return Object.keys(sizes).length > 0 ? sizes : { Prefix: Prefix ?? '' };
}
