import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** A data file the engine wrote, and the partition it belongs to. */
export interface WrittenFile {
  file: string;
  /** Values of the partition columns, in order; NULL under Hive's name for it. */
  values: string[];
}

/** The files below a folder in Hive's layout (`key=value/…`), in order. */
export async function writtenFiles(folder: string): Promise<WrittenFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.sort().map((file) => {
    const parts = path.relative(folder, path.dirname(file)).split(path.sep).filter(Boolean);
    return { file, values: parts.map((part) => decodeURIComponent(part.slice(part.indexOf('=') + 1))) };
  });
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A value as Hive writes it into a path: what could be taken for a separator is escaped. */
export const escapePathValue = (value: string): string => value.replace(/[\u0000-\u001f"#%'*/:=?\\\u007f{}[\]^]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

export const unescapePathValue = (text: string): string => text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
