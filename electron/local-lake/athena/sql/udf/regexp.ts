import { invalid, raise } from './values.ts';

const compiled = new Map<string, RegExp>();

/**
 * A Java pattern as JavaScript's. What the two read differently is rewritten or fails by name: possessive quantifiers,
 * \Q…\E, classes with && and POSIX names that we do not know.
 */
export function pattern(source: string): RegExp {
  const known = compiled.get(source);
  if (known) {
    known.lastIndex = 0;
    return known;
  }
  let body = source;
  let flags = 'gu';
  const inline = /^\(\?([imsu]+)\)/.exec(body);
  if (inline) {
    body = body.slice(inline[0].length);
    for (const flag of inline[1]!) if (flag !== 'u' && !flags.includes(flag)) flags += flag;
  }
  const unsupported = /(?<!\\)(?:[*+?}]\+|\\[QEAZzGhRXbB](?<!\\[bBAZz])|\[[^\]]*&&|\(\?[imsux-]+[:)]|\(\?>)/.exec(body);
  if (unsupported) raise('NOT_SUPPORTED', `Regular expression '${source}' is not supported: ${unsupported[0]}`);
  body = translate(body);
  try {
    const made = new RegExp(body, flags);
    if (compiled.size > 500) compiled.clear();
    compiled.set(source, made);
    return made;
  } catch (error) {
    return invalid(`${(error as Error).message.replace(/^Invalid regular expression: /, '')}`);
  }
}

const posix: Record<string, string> = {
  Alpha: 'a-zA-Z', Digit: '0-9', Alnum: 'a-zA-Z0-9', Upper: 'A-Z', Lower: 'a-z', Punct: '!-\\/:-@\\[-`{-~', Space: '\\t\\n\\v\\f\\r ', Blank: ' \\t', XDigit: '0-9a-fA-F', ASCII: '\\x00-\\x7f',
};

/** Escapes that the `u` flag refuses lose their backslash; `\p{Alpha}`-like classes, \A, \z and \Z are spelled out. */
function translate(body: string): string {
  let out = '';
  let inClass = false;
  for (let i = 0; i < body.length; i++) {
    const ch = body[i]!;
    if (ch === '\\') {
      const next = body[++i];
      if (next === undefined) return invalid('end pattern at escape');
      const named = next === 'p' ? /^\{(\w+)\}/.exec(body.slice(i + 1)) : null;
      if (named && Object.hasOwn(posix, named[1]!)) {
        out += inClass ? posix[named[1]!] : `[${posix[named[1]!]}]`;
        i += named[0].length;
      } else if (named && /^(Is|In)/.test(named[1]!)) {
        out += `\\p{Script=${named[1]!.slice(2)}}`;
        i += named[0].length;
      } else if (next === 'A') out += '(?<![\\s\\S])';
      else if (next === 'z') out += '(?![\\s\\S])';
      else if (next === 'Z') out += '(?=\\n?(?![\\s\\S]))';
      else if (/[a-zA-Z0-9^$\\.*+?()[\]{}|/-]/.test(next)) out += next === '-' && !inClass ? '-' : `\\${next}`;
      else out += next;
    } else if (ch === '[' && inClass) out += '\\[';
    else {
      if (ch === '[') inClass = true;
      if (ch === ']') inClass = false;
      // A brace that opens no quantifier is a plain character in Java.
      if (ch === '{' && !inClass && !/^\{\d+(,\d*)?\}/.test(body.slice(i))) out += '\\{';
      else if (ch === '}' && !inClass && !/\{\d+(,\d*)?$/.test(body.slice(0, i))) out += '\\}';
      else if (ch === ']' && !/(?<!\\)\[/.test(body.slice(0, i))) out += '\\]';
      else out += ch;
    }
  }
  return out;
}

export function regexpLike(text: string, source: string): boolean {
  return pattern(source).test(text);
}

function groupOf(match: RegExpMatchArray, group: bigint): string | null {
  if (group < 0n) return invalid('Group cannot be negative');
  if (group >= BigInt(match.length)) return invalid(`Pattern has ${match.length - 1} groups. Cannot access group ${group}`);
  return match[Number(group)] ?? null;
}

export function regexpExtract(text: string, source: string, group: bigint): string | null {
  const match = pattern(source).exec(text);
  if (match) return groupOf(match, group);
  checkGroup(source, group);
  return null;
}

function checkGroup(source: string, group: bigint): void {
  const groups = new RegExp(`${pattern(source).source}|`, pattern(source).flags).exec('')!.length - 1;
  if (group < 0n) invalid('Group cannot be negative');
  if (group > BigInt(groups)) invalid(`Pattern has ${groups} groups. Cannot access group ${group}`);
}

export function regexpExtractAll(text: string, source: string, group: bigint): (string | null)[] {
  checkGroup(source, group);
  return [...text.matchAll(pattern(source))].map((match) => groupOf(match, group));
}

/** `$1` and `${name}` stand for groups, a backslash takes the next character as it is. */
export function regexpReplace(text: string, source: string, replacement: string): string {
  return text.replace(pattern(source), (...args: unknown[]) => {
    const groups = typeof args.at(-1) === 'object' ? (args.at(-1) as Record<string, string | undefined>) : undefined;
    const numbered = args.slice(0, args.findIndex((arg) => typeof arg === 'number')) as (string | undefined)[];
    return expand(replacement, numbered, groups);
  });
}

function expand(replacement: string, numbered: (string | undefined)[], named: Record<string, string | undefined> | undefined): string {
  return replacement.replace(/\\([\s\S]?)|\$(?:(\d)|\{(\w+)\})?/g, (_all, escaped?: string, digit?: string, name?: string) => {
    if (escaped !== undefined) return escaped === '' ? invalid('Illegal replacement sequence') : escaped;
    if (digit !== undefined) return Number(digit) < numbered.length ? (numbered[Number(digit)] ?? '') : invalid(`Illegal replacement sequence: unknown group ${digit}`);
    if (name !== undefined && named && name in named) return named[name] ?? '';
    return invalid(`Illegal replacement sequence: unknown group ${name ?? ''}`);
  });
}

export function regexpSplit(text: string, source: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern(source))) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

export function regexpCount(text: string, source: string): bigint {
  return BigInt([...text.matchAll(pattern(source))].length);
}

export function regexpPosition(text: string, source: string, start: bigint, occurrence: bigint): number {
  if (start < 1n) return invalid('start position cannot be smaller than 1');
  if (occurrence < 1n) return invalid('occurrence cannot be smaller than 1');
  const skip = [...text].slice(0, Number(start) - 1).join('').length;
  if (skip > text.length) return -1;
  const matches = [...text.matchAll(pattern(source))].filter((match) => match.index >= skip);
  const match = matches[Number(occurrence) - 1];
  return match ? [...text.slice(0, match.index)].length + 1 : -1;
}
