import { merged, type Changes, type Described, type ObjectChange } from './change.ts';
import type { HeaderName } from './headers.ts';

/** User metadata: names and values in UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export const METADATA_BYTES = 2048;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const MOST_TAGS = 10;
const TAG_NAME = 128;
const TAG_VALUE = 256;

export type ProblemCode =
  | 'headerCharacters'
  | 'contentType'
  | 'expires'
  | 'redirect'
  | 'redirectLength'
  | 'metadataName'
  | 'metadataValue'
  | 'metadataSize'
  | 'tagName'
  | 'tagNameLength'
  | 'tagReserved'
  | 'tagValue'
  | 'tagValueLength'
  | 'tagCount'
  | 'retentionDate';

export interface Problem {
  code: ProblemCode;
  field: 'headers' | 'metadata' | 'tags' | 'retention';
  /** The header, metadata or tag it is about; '' for all together. */
  name: string;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What an HTTP header can carry unharmed. */
const headerText = /^[\x20-\x7e]*$/;
 
const control = /[\u0000-\u001f\u007f]/;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const headerProblem = (name: HeaderName, value: string): ProblemCode | undefined => {
  if (!headerText.test(value)) return 'headerCharacters';
  if (name === 'contentType' && !/^[^\s/;]+\/[^\s/;]+(\s*;.*)?$/.test(value)) return 'contentType';
  if (name === 'expires' && Number.isNaN(Date.parse(value))) return 'expires';
  if (name === 'websiteRedirect' && !/^(\/|https?:\/\/)/.test(value)) return 'redirect';
  if (name === 'websiteRedirect' && value.length > 2048) return 'redirectLength';
  return undefined;
};

const metadataProblem = (name: string, value: string): ProblemCode | undefined => {
  if (!token.test(name) || name !== name.toLowerCase()) return 'metadataName';
  // A header's ends are trimmed on the way.
  return control.test(value) || value !== value.trim() ? 'metadataValue' : undefined;
};

const tagProblem = (name: string, value: string): ProblemCode | undefined => {
  if (/^aws:/i.test(name)) return 'tagReserved';
  if (name === '' || !tagText.test(name)) return 'tagName';
  if ([...name].length > TAG_NAME) return 'tagNameLength';
  if (!tagText.test(value)) return 'tagValue';
  return [...value].length > TAG_VALUE ? 'tagValueLength' : undefined;
};

function found(field: Problem['field'], changes: Partial<Changes>, check: (name: never, value: string) => ProblemCode | undefined): Problem[] {
  return Object.entries(changes).flatMap(([name, value]) => {
    const code = value === null || value === undefined ? undefined : check(name as never, value);
    return code ? [{ code, field, name }] : [];
  });
}

/** What S3 would refuse of a change, whatever object it is made to. */
export const problemsOf = ({ headers, metadata, tags, retention }: ObjectChange, now = Date.now()): Problem[] => [
  ...found('headers', headers, headerProblem),
  ...found('metadata', metadata, metadataProblem),
  ...found('tags', tags, tagProblem),
  ...(retention && !(Date.parse(retention.until) > now) ? [{ code: 'retentionDate', field: 'retention', name: '' } as const] : []),
];

const bytes = (text: string): number => new TextEncoder().encode(text).length;

export const metadataBytes = (metadata: Record<string, string>): number => Object.entries(metadata).reduce((sum, [name, value]) => sum + bytes(name) + bytes(value), 0);

/** What S3 would refuse of an object as it would be after the change. */
export function problemsAfter({ metadata, tags }: Pick<Described, 'metadata' | 'tags'>, change: ObjectChange): Problem[] {
  const problems: Problem[] = [];
  if (Object.keys(change.metadata).length > 0 && metadataBytes(merged(metadata, change.metadata)) > METADATA_BYTES) problems.push({ code: 'metadataSize', field: 'metadata', name: '' });
  if (Object.keys(change.tags).length > 0 && Object.keys(merged(tags ?? {}, change.tags)).length > MOST_TAGS) problems.push({ code: 'tagCount', field: 'tags', name: '' });
  return problems;
}
