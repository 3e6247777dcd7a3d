import type { ArchiveEntry, Preview, ReadCost } from '../../../shared/contract/preview.ts';

/** The object that is looked at. */
export interface PreviewedObject {
  connectionId: string;
  bucket: string;
  key: string;
  versionId?: string;
}

/** What every view of an object gets. */
export interface ViewProps<Kind extends Preview['kind']> {
  at: PreviewedObject;
  preview: Extract<Preview, { kind: Kind }>;
  /** Its last name, for labels. */
  name: string;
  /** Something more was read: the last line says what all of it took. */
  onCost(cost: ReadCost): void;
}

export type OpenEntry = (entry: ArchiveEntry | undefined) => void;
