import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Store } from '../../storage/store.ts';
import { formatOfFile, formatOfFolder, nameFor } from './formats.ts';
import type { DeskTable } from './process/protocol.ts';

/** A file or folder the user let statements read, until they take it away again. */
export interface AddedFile {
  id: string;
  name: string;
  path: string;
  isFolder: boolean;
}

/** The files and folders of this desk: what was chosen stays, over restarts. */
export function createDeskFiles(store: Store) {
  const entries = store.collection<AddedFile>('deskFiles');

  async function list(): Promise<AddedFile[]> {
    const all: AddedFile[] = [];
    for await (const [, file] of entries.entries()) all.push(file);
    return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  async function find(id: string): Promise<AddedFile> {
    const found = await entries.get(id);
    if (!found) throw new AppError('NotFound', 'That file is no longer among the files of this desk.');
    return found;
  }

  return {
    list,
    find,

    /** `place` is a path the user chose. */
    async add(place: string): Promise<AddedFile> {
      const all = await list();
      const known = all.find(({ path }) => path === place);
      if (known) return known;
      const isFolder = (await stat(place)).isDirectory();
      if (!isFolder && !formatOfFile(place)) {
        throw new AppError('BadInput', `${place} is no CSV, JSON or Parquet file by its name.`, { detail: 'DuckDB on this desk reads .csv, .tsv, .txt, .json, .jsonl, .ndjson and .parquet; the text ones also as .gz or .zst.', resource: place });
      }
      const file = { id: randomUUID(), name: nameFor(place, new Set(all.map(({ name }) => name))), path: place, isFolder };
      await entries.put(file.id, file);
      return file;
    },

    async rename(id: string, name: string): Promise<AddedFile> {
      const file = await find(id);
      if ((await list()).some((other) => other.id !== id && other.name === name)) throw new AppError('AlreadyExists', `Another file is called ${name} already.`);
      const renamed = { ...file, name };
      await entries.put(id, renamed);
      return renamed;
    },

    remove: (id: string): Promise<void> => entries.delete(id),
  };
}

export type DeskFiles = ReturnType<typeof createDeskFiles>;

/** A file as a table; undefined for a folder that holds nothing DuckDB reads. */
export async function tableOf({ name, path, isFolder }: AddedFile): Promise<DeskTable | undefined> {
  if (!isFolder) return { schema: 'files', name, path, format: formatOfFile(path) ?? 'csv', many: false };
  const found = await formatOfFolder(path);
  return found && { schema: 'files', name, path: found.glob, format: found.format, many: true };
}
