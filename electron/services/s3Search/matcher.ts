import { createContext, Script } from 'node:vm';
import picomatch from 'picomatch';
import type { ObjectFilter } from '../../../shared/contract/s3Search.ts';
import { AppError } from '../../../shared/errors.ts';
import type { KeyPage } from '../../listing/types.ts';

/** A page of keys is matched in a few ms; an expression that needs this long would need for ever. ms */
const LONGEST_MATCH = 250;

/** The rows of a page that are wanted. */
export type Matcher = (page: KeyPage) => number[];

/** BadInput where the glob or the regular expression is none; the matcher throws BadInput where it takes too long. */
export function matcherOf(filter: ObjectFilter, prefix: string): Matcher {
  const byText = textMatcher(filter, prefix);
  const { minSize = 0, maxSize = Infinity, storageClasses } = filter;
  const from = filter.from === undefined ? -Infinity : Date.parse(filter.from);
  const before = filter.before === undefined ? Infinity : Date.parse(filter.before);
  const isWanted = ({ sizes, modified, storageClasses: classes }: KeyPage, row: number) =>
    sizes[row]! >= minSize && sizes[row]! <= maxSize && modified[row]! >= from && modified[row]! < before && (storageClasses.length === 0 || storageClasses.includes(classes[row]!));
  return (page) => {
    // The cheap tests first: an expression is tried on what they leave.
    const rows = page.keys.flatMap((_, row) => (isWanted(page, row) ? [row] : []));
    return byText ? byText(page.keys, rows) : rows;
  };
}

type TextMatcher = (keys: readonly string[], rows: number[]) => number[];

function textMatcher({ kind, text, matchCase }: ObjectFilter, prefix: string): TextMatcher | undefined {
  if (text === '') return undefined;
  const base = prefix.lastIndexOf('/') + 1;
  const pathOf = (key: string) => key.slice(base);
  const nameOf = (key: string) => key.slice(Math.max(base, key.lastIndexOf('/', key.length - 2) + 1));
  const of = kind === 'regex' || text.includes('/') ? pathOf : nameOf;
  if (kind === 'contains') {
    const wanted = matchCase ? text : text.toLowerCase();
    return (keys, rows) => rows.filter((row) => (matchCase ? of(keys[row]!) : of(keys[row]!).toLowerCase()).includes(wanted));
  }
  const expression = kind === 'glob' ? globExpression(text, matchCase) : regularExpression(text, matchCase);
  const matches = timeBoxed(expression, text);
  return (keys, rows) => {
    const found = matches(rows.map((row) => of(keys[row]!)));
    return rows.filter((_, at) => found[at]);
  };
}

function globExpression(text: string, matchCase: boolean): RegExp {
  const expression = picomatch.makeRe(text, { dot: true, nocase: !matchCase }) as RegExp | false;
  if (!expression) throw new AppError('BadInput', `“${text}” is not a glob.`, { detail: 'Use * for any characters, ? for one, ** for folders, {a,b} for one of several.' });
  return expression;
}

function regularExpression(text: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(text, matchCase ? 'u' : 'iu');
  } catch (error) {
    throw new AppError('BadInput', `“${text}” is not a regular expression.`, { detail: (error as Error).message.replace(/^Invalid regular expression: /, '') });
  }
}

/**
 * Tests texts, and gives up on an expression that backtracks without end: a context of its own is the one place where
 * the engine lets a running expression be interrupted.
 */
function timeBoxed(expression: RegExp, written: string): (texts: string[]) => boolean[] {
  const context = createContext({ texts: [] as string[], source: expression.source, flags: expression.flags });
  new Script('const expression = new RegExp(source, flags)').runInContext(context);
  const test = new Script('texts.map((text) => expression.test(text))');
  return (texts) => {
    context.texts = texts;
    try {
      return test.runInContext(context, { timeout: LONGEST_MATCH }) as boolean[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new AppError('BadInput', `“${written}” takes too long to match.`, { detail: 'It repeats what already repeats, as in (a+)+, so that it tries endless ways. Write it more simply.' });
    }
  };
}
