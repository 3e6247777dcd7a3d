/** The headers an object keeps and gives back, which people may edit. */
export const HEADERS = ['contentType', 'contentEncoding', 'contentDisposition', 'contentLanguage', 'cacheControl', 'expires', 'websiteRedirect'] as const;
export type HeaderName = (typeof HEADERS)[number];
export type Headers = Partial<Record<HeaderName, string>>;

/** As S3 takes and gives them. */
export const HTTP_NAMES: Record<HeaderName, string> = {
  contentType: 'Content-Type',
  contentEncoding: 'Content-Encoding',
  contentDisposition: 'Content-Disposition',
  contentLanguage: 'Content-Language',
  cacheControl: 'Cache-Control',
  expires: 'Expires',
  websiteRedirect: 'x-amz-website-redirect-location',
};

/** What S3 says of an object that was given no type. */
export const DEFAULT_TYPE = 'binary/octet-stream';
