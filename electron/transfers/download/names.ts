import { AppError } from '../../../shared/errors.ts';

/** What a file system makes of names. */
export interface NameRules {
  /** Windows: reserved characters and device names, no trailing dot or space. */
  windows: boolean;
  /** `A` and `a` are one file. */
  caseInsensitive: boolean;
  /** NFC and NFD of a name are one file. */
  normalises: boolean;
}

const LONGEST = 240; // bytes a segment; file systems allow 255, and the temporary name needs some
const CONTINUES = '%~';
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

const escapeBytes = (text: string): string => [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/**
 * A key's path below `basePrefix` as a relative path (`/`-separated) this file system takes, readable where it can be:
 * what a name cannot hold is written `%XX` per UTF-8 byte, segments over 240 bytes continue in a folder inside
 * (`…%~/…`). Reversible by `keyOfPath`.
 *
 * BadInput where a segment is `..`: such a key is refused, never guessed at.
 */
export function pathOfKey(relativeKey: string, rules: NameRules): string {
  const segments = relativeKey.split('/');
  if (segments.some((segment) => segment === '..' || (rules.windows && segment.split('\\').includes('..')))) {
    throw new AppError('BadInput', `The key ${JSON.stringify(relativeKey)} leads out of the folder; it was not downloaded.`, {
      detail: 'Its path holds "..". Download the object by itself, or copy it to another key first.',
    });
  }
  // A slash that separates nothing ("a//b", "/a", a trailing one) becomes part of a name.
  const names: string[] = [];
  let slashes = '';
  segments.forEach((segment, at) => {
    const last = at === segments.length - 1;
    if (segment === '' && !last) slashes += '%2F';
    else if (segment === '' && names.length > 0 && slashes === '') names[names.length - 1] += '%2F';
    else {
      names.push(slashes + escapeSegment(segment, rules));
      slashes = '';
    }
  });
  return names.flatMap(splitLong).join('/');
}

function escapeSegment(segment: string, rules: NameRules): string {
  let name = segment.replace(/%(?=[0-9a-fA-F]{2}|~)/g, '%25');
  name = name.replace(rules.windows ? /[\u0000-\u001f\u007f<>:"\\|?*]/g : /[\u0000-\u001f\u007f]/g, escapeBytes);
  if (name === '.') return '%2E';
  if (!rules.windows) return name;
  name = name.replace(/[. ]$/, escapeBytes);
  return DEVICE.test(name) ? escapeBytes(name[0]!) + name.slice(1) : name;
}

/** Pieces of at most 240 bytes, cut between characters and escapes. */
function splitLong(name: string): string[] {
  if (Buffer.byteLength(name) <= LONGEST) return [name];
  const pieces: string[] = [];
  let piece = '';
  for (const unit of name.match(/%[0-9A-F]{2}|[\s\S]/gu) ?? []) {
    if (Buffer.byteLength(piece + unit) > LONGEST - CONTINUES.length) {
      pieces.push(piece + CONTINUES);
      piece = '';
    }
    piece += unit;
  }
  return [...pieces, piece];
}

/** The key a path made by `pathOfKey` (and `setApart`) stands for. */
export function keyOfPath(relativePath: string): string {
  const joined = relativePath.replaceAll(`${CONTINUES}/`, '');
  return joined.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** The same name, written differently: one more of its characters escaped. `undefined` when all are. */
export function setApart(name: string): string | undefined {
  const units = name.match(/%[0-9A-F]{2}|%~$|[\s\S]/gu) ?? [];
  const at = units.findIndex((unit) => unit.length === 1 || (unit.length === 2 && !unit.startsWith('%')));
  if (at < 0) return undefined;
  units[at] = escapeBytes(units[at]!);
  return units.join('');
}

/** What two names have in common that are one file here. */
export function identityOf(path: string, rules: NameRules): string {
  const normal = rules.normalises ? path.normalize('NFC') : path;
  return rules.caseInsensitive ? normal.toLowerCase() : normal;
}
