/** A file name from a tab's title: `delays.sql` → `delays.csv`; what file systems refuse becomes `-`. */
export function exportFileName(title: string, format: string): string {
  const stem = title
    .replace(/\.sql$/i, '')
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 120);
  return `${stem || 'result'}.${format}`;
}
