import type { BucketFacts } from '../../../shared/contract/s3Tiers.ts';
import { DEFAULT_TYPE } from '../../../shared/objects/headers.ts';
import { needsCopy, type ObjectChange } from '../../../shared/objects/change.ts';
import type { LookedAt } from './useLooked.ts';

/** A sentence of the review: `note.CODE` of the words. */
export interface Note {
  code: string;
  warning: boolean;
  values: Record<string, string | number>;
}

/** What comes with the writing and should be known before. */
export function notesOf(change: ObjectChange, looked: LookedAt | null, versioning: BucketFacts['versioning'] | undefined): Note[] {
  const notes: Note[] = [];
  const say = (code: string, warning = false, values: Note['values'] = {}) => notes.push({ code, warning, values });
  const copies = looked ? looked.facts.some((facts) => needsCopy(facts, change)) : Object.keys(change.headers).length + Object.keys(change.metadata).length > 0;
  if (copies) {
    say('copy');
    say(`versions_${versioning ?? 'unknown'}`, versioning !== 'enabled');
    const stuck = looked?.facts.filter(({ archive, missingMetadata, encryption }) => archive.state === 'archived' || archive.state === 'restoring' || missingMetadata > 0 || encryption?.customerKey).length ?? 0;
    if (stuck > 0) say('stuck', true, { count: stuck, formatted: stuck });
    if (looked?.sheet?.acl === 'unreadable') say('aclUnreadable', true);
    else if (looked?.sheet?.acl === 'granted') say('aclKept');
    else if (!looked?.sheet) say('aclMany');
  }
  if (change.headers.contentType === null) say('noType', false, { type: DEFAULT_TYPE });
  if (!copies && Object.keys(change.tags).length > 0) say('tagsNoUndo', true);
  if (looked === null) say('notSeen', true);
  if (change.retention?.mode === 'COMPLIANCE') say('compliance', true);
  return notes;
}
