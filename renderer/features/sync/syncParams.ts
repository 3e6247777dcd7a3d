import type { ShownPlace, SyncOptions, SyncPlace } from '../../../shared/contract/sync.ts';
import { s3Uri } from '../../app/s3Place.ts';

/** What a sync tab is about; part by part it may still be missing. */
export interface SyncParams {
  from?: ShownPlace | undefined;
  to?: ShownPlace | undefined;
  options: SyncOptions;
  deleteGone: boolean;
  planId?: string | undefined;
  /** The saved pair it came from. */
  pair?: string | undefined;
}

export const NO_OPTIONS: SyncOptions = { compare: 'time', include: [], exclude: [], hidden: true, folders: true };

/** The parameters of a tab, whatever an older version or another one kept. */
export function paramsOf(kept: Record<string, unknown>): SyncParams {
  const { from, to, options, deleteGone, planId, pair } = kept as Partial<SyncParams>;
  return { from, to, options: { ...NO_OPTIONS, ...options }, deleteGone: deleteGone === true, planId, pair };
}

/** Folders go to the backend by the name they have there. */
export const placeOf = (place: ShownPlace): SyncPlace => (place.kind === 'bucket' ? place : { kind: 'folder', folder: place.folder });

export const placeName = (place: ShownPlace): string => (place.kind === 'bucket' ? s3Uri(place.bucket, place.prefix) : place.path);

/** Its last part, for the title of a tab. */
export const shortName = (place: ShownPlace): string => placeName(place).split(/[\\/]/).filter(Boolean).at(-1) ?? '/';

/** Globs as typed, between commas; those inside `{a,b}` and `[,]` belong to a glob. */
export function globsOf(text: string): string[] {
  const globs: string[] = [];
  let [glob, depth] = ['', 0];
  for (const character of text) {
    if ('{['.includes(character)) depth += 1;
    if ('}]'.includes(character)) depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) {
      globs.push(glob);
      glob = '';
    } else glob += character;
  }
  return [...globs, glob].map((one) => one.trim()).filter(Boolean);
}
