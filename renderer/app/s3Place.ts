export interface ObjectsPlace {
  bucket: string;
  prefix: string;
}

/** `s3://bucket/prefix` (or `bucket/prefix`) as a place; null where there is no bucket in it. */
export function parseS3Uri(text: string): ObjectsPlace | null {
  const rest = text.trim().replace(/^s3[an]?:\/\//i, '');
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  if (!bucket || /\s/.test(bucket)) return null;
  return { bucket, prefix: slash < 0 ? '' : rest.slice(slash + 1) };
}

export const s3Uri = (bucket: string, key: string): string => `s3://${bucket}/${key}`;

/** What an objects tab is called: `bucket/prefix/`. */
export const objectsTitle = ({ bucket, prefix }: ObjectsPlace): string => `${bucket}/${prefix}`;
