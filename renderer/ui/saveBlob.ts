/** Hands bytes the page made to the browser's downloads (in Electron its save dialog). */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by then, or never will.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name without what file systems refuse. */
export const safeFileName = (name: string, extension: string): string => `${name.replace(/\.sql$/i, '').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 120).trim() || 'chart'}.${extension}`;
