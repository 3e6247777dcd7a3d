/** The page's own address. Everything that checks a sender or a navigation compares with this one constant. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://secchi';
export const PAGE_URL = `${APP_ORIGIN}/index.html`;

/** True for a URL of our own page, whatever its path. Non-special schemes have origin "null", so no `URL.origin`. */
export const isOwnUrl = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
