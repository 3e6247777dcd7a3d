/** What file managers do not show, and what they leave behind: https://en.wikipedia.org/wiki/Hidden_file_and_hidden_directory */
const BY_NAME = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini']);

export const isHiddenName = (name: string): boolean => name.startsWith('.') || BY_NAME.has(name.toLowerCase());

/** Whether a file is hidden inside what was chosen: what was chosen itself is meant, whatever its name. `/`-separated. */
export const isHiddenBelow = (relativePath: string): boolean => relativePath.split('/').slice(1).some(isHiddenName);
