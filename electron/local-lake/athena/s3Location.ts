/** `s3://bucket/prefix` in its two parts; `s3a` and `s3n` are Hadoop's names for the same. Undefined where it is none. */
export function parseS3Location(location: string | undefined): { bucket: string; key: string } | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(location ?? '');
  return match ? { bucket: match[1]!, key: match[2]! } : undefined;
}

export const withSlash = (location: string): string => (location === '' || location.endsWith('/') ? location : `${location}/`);
