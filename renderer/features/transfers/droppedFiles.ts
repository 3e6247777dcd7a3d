/** A file the page may read, and its path below what was dropped or chosen: `photos/2001/a.jpg`. */
export interface PageFile {
  file: File;
  relativePath: string;
}

export interface DroppedFiles {
  /** What was dropped itself; a folder counts as one. The desktop app reads these from disk. */
  roots: File[];
  /** All files below, for the browser host. Only walked when asked for: a folder may hold many. */
  walk(): Promise<PageFile[]>;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));
const nextEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

async function* filesBelow(entry: FileSystemEntry): AsyncGenerator<PageFile> {
  const relativePath = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) yield { file: await fileOf(entry as FileSystemFileEntry), relativePath };
  if (!entry.isDirectory) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader answers with a hundred at a time, and with none at the end.
  for (let batch = await nextEntries(reader); batch.length > 0; batch = await nextEntries(reader)) {
    for (const child of batch) yield* filesBelow(child);
  }
}

/** What a drop holds. Called while the drop event is handled: its items are gone afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const roots = [...transfer.files];
  // Files that come from another page, not from a folder, have no entry: they are taken as they are.
  const items = [...transfer.items].filter((item) => item.kind === 'file').map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const walk = async () => {
    const files: PageFile[] = [];
    for (const { entry, file } of items) {
      if (entry) for await (const found of filesBelow(entry)) files.push(found);
      else if (file) files.push({ file, relativePath: file.name });
    }
    return files;
  };
  return { roots, walk };
}

/** Files of an `<input type="file">`; a chosen folder gives paths below it. */
export function chosenFiles(list: FileList): DroppedFiles {
  const roots = [...list];
  return { roots, walk: async () => roots.map((file) => ({ file, relativePath: file.webkitRelativePath || file.name })) };
}
