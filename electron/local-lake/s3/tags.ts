import { parseQuery } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';

const invalid = (message: string) => new ServiceError('InvalidTag', message, 400);

/** Checks the rules of object tags: at most 10, keys of 1-128 and values of 0-256 characters, no key twice. */
export function checkTags(tags: [string, string][]): Record<string, string> {
  if (tags.length > 10) throw new ServiceError('BadRequest', 'Object tags cannot be greater than 10', 400);
  for (const [key, value] of tags) {
    if (key.length === 0 || key.length > 128 || key.startsWith('aws:')) throw invalid('The TagKey you have provided is invalid');
    if (value.length > 256) throw invalid('The TagValue you have provided is invalid');
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw invalid('Cannot provide multiple Tags with the same key');
  return Object.fromEntries(tags);
}

/** The x-amz-tagging header: tags written as a query string. */
export const parseTagHeader = (text: string) => checkTags(parseQuery(text));
