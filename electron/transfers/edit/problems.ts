import { METADATA_BYTES, MOST_TAGS, type Problem, type ProblemCode } from '../../../shared/objects/limits.ts';
import { HTTP_NAMES, type HeaderName } from '../../../shared/objects/headers.ts';

const why: Record<ProblemCode, string> = {
  headerCharacters: 'has characters that an HTTP header cannot carry (printable ASCII only)',
  contentType: 'is not a media type like text/csv',
  expires: 'is not a date like “Wed, 21 Oct 2026 07:28:00 GMT”',
  redirect: 'must begin with / or http:// or https://',
  redirectLength: 'is longer than 2,048 characters',
  metadataName: 'is not a name of lower-case letters, digits and -_.!#$%&\'*+^`|~',
  metadataValue: 'has control characters, or spaces at its ends, which do not survive as a header',
  metadataSize: `names and values together are more than ${METADATA_BYTES} bytes`,
  tagName: 'has characters a tag cannot have (letters, digits, spaces and _.:/=+-@)',
  tagNameLength: 'is longer than 128 characters',
  tagReserved: 'begins with aws:, which is reserved',
  tagValue: 'has a value with characters a tag cannot have (letters, digits, spaces and _.:/=+-@)',
  tagValueLength: 'has a value longer than 256 characters',
  tagCount: `are more than ${MOST_TAGS}`,
  retentionDate: 'does not end in the future',
};

const what = ({ field, name }: Problem): string => {
  if (field === 'headers') return HTTP_NAMES[name as HeaderName];
  if (field === 'retention') return 'The retention';
  return name === '' ? `Its ${field}` : `${field === 'tags' ? 'The tag' : 'The metadata'} “${name}”`;
};

export const describeProblem = (problem: Problem): string => `${what(problem)} ${why[problem.code]}.`;
