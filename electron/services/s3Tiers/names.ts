/** The part of a key one level below the prefix: `2026/` or `readme.txt`. */
export function partBelow(key: string, prefix: string): string {
  const rest = key.slice(prefix.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? rest : rest.slice(0, slash + 1);
}

/** What people mean by a file's kind: `.parquet`, `.csv.gz`; '' where the name tells none. */
export function extensionOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1).toLowerCase();
  const found = /[^.](\.[a-z0-9]{1,8})(\.(?:gz|zst|bz2|snappy|lz4|xz))?$/.exec(name);
  return found ? `${found[1]}${found[2] ?? ''}` : '';
}
