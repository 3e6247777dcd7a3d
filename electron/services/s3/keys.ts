/**
 * A key or prefix of a listing asked with `EncodingType=url`: S3 writes a space as `+` and everything else as `%XX` of
 * its UTF-8 bytes. Without that encoding a key with control characters would not survive XML (FAULTS 5).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html#API_ListObjectsV2_RequestSyntax
 */
export const decodeKey = (encoded: string): string => {
  const spaced = encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
};

export const s3Uri = (bucket: string, key = ''): string => `s3://${bucket}/${key}`;
