/** A file the page may read, and its path below what was dropped or chosen: `photos/2001/a.jpg`. */
export interface PageFile {
  file: File;
  relativePath: string;
}

/** What a walk found so far. */
export interface WalkedFiles {
  files: PageFile[];
  /** Empty folders, with a slash at the end. A chooser of folders does not tell them. */
  folders: string[];
}

export interface DroppedFiles {
  /** What was dropped itself; a folder counts as one. The desktop app reads these from disk. */
  roots: File[];
  /** How many of them are folders. */
  folders: number;
  /** All files below, for the browser host. Only walked when asked for: a folder may hold many. `onFound` hears of each. */
  walk(onFound?: (file: File) => void, signal?: AbortSignal): Promise<WalkedFiles>;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));
const nextEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

/** Files come with what they are, empty folders with nothing. */
async function* entriesBelow(entry: FileSystemEntry): AsyncGenerator<{ relativePath: string; file?: File }> {
  const relativePath = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) yield { file: await fileOf(entry as FileSystemFileEntry), relativePath };
  if (!entry.isDirectory) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  let isEmpty = true;
  // A reader answers with a hundred at a time, and with none at the end.
  for (let batch = await nextEntries(reader); batch.length > 0; batch = await nextEntries(reader)) {
    isEmpty = false;
    for (const child of batch) yield* entriesBelow(child);
  }
  if (isEmpty) yield { relativePath: `${relativePath}/` };
}

/** What a drop holds. Called while the drop event is handled: its items are gone afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const roots = [...transfer.files];
  // Files that come from another page, not from a folder, have no entry: they are taken as they are.
  const items = [...transfer.items].filter((item) => item.kind === 'file').map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const walk: DroppedFiles['walk'] = async (onFound, signal) => {
    const found: WalkedFiles = { files: [], folders: [] };
    const take = (file: File, relativePath: string) => {
      found.files.push({ file, relativePath });
      onFound?.(file);
    };
    for (const { entry, file } of items) {
      if (!entry) {
        if (file) take(file, file.name);
        continue;
      }
      for await (const { file: below, relativePath } of entriesBelow(entry)) {
        signal?.throwIfAborted();
        if (below) take(below, relativePath);
        else found.folders.push(relativePath);
      }
    }
    return found;
  };
  return { roots, folders: items.filter(({ entry }) => entry?.isDirectory).length, walk };
}

/** Files of an `<input type="file">`; a chosen folder gives paths below it. */
export function chosenFiles(list: FileList): DroppedFiles {
  const roots = [...list];
  const files = roots.map((file) => ({ file, relativePath: file.webkitRelativePath || file.name }));
  return { roots, folders: files.some(({ relativePath }) => relativePath.includes('/')) ? 1 : 0, walk: async () => ({ files, folders: [] }) };
}
