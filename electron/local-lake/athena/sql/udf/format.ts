import { javaDouble } from './numbers.ts';
import { invalid } from './values.ts';

/** Java's String.format for %s %d %f %e %x %o %c %b %% with flags, width and precision. `values` are texts, `kinds` one letter each. */
export function format(pattern: string, kinds: string, values: (string | null)[]): string {
  let next = 0;
  return pattern.replace(/%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g, (all, index: string | undefined, flags: string, width: string | undefined, precision: string | undefined, letter: string) => {
    if (letter === 'n') return '\n';
    if (letter === '%') return '%'.padStart(Number(width ?? 0));
    const at = index === undefined ? next++ : Number(index) - 1;
    if (at >= values.length) return invalid(`Invalid format string: ${pattern} (Format specifier '${all}')`);
    const text = formatOne(letter, flags, precision === undefined ? undefined : Number(precision), kinds[at]!, values[at]!, all, Number(width ?? 0));
    return flags.includes('-') ? text.padEnd(Number(width ?? 0)) : text.padStart(Number(width ?? 0));
  });
}

function formatOne(letter: string, flags: string, precision: number | undefined, kind: string, value: string | null, spec: string, width: number): string {
  const mismatch = (): never => invalid(`Invalid format string: ${spec} (${letter} != ${kind})`);
  if (letter === 's' || letter === 'S') {
    const text = value === null ? 'null' : kind === 'f' ? javaDouble(Number(value)) : value;
    const cut = precision === undefined ? text : text.slice(0, precision);
    return letter === 'S' ? cut.toUpperCase() : cut;
  }
  if (letter === 'b') return value === null ? 'false' : kind === 'b' ? value : 'true';
  if (value === null) return 'null';
  if (letter === 'd') return kind === 'd' ? signed(value, flags, width) : mismatch();
  if (letter === 'x' || letter === 'X' || letter === 'o') {
    if (kind !== 'd') return mismatch();
    const text = BigInt.asUintN(64, BigInt(value)).toString(letter === 'o' ? 8 : 16);
    const padded = flags.includes('0') ? text.padStart(width, '0') : text;
    return letter === 'X' ? padded.toUpperCase() : padded;
  }
  if (letter === 'f') return kind === 'f' || kind === 'n' ? signed(fixed(value, precision ?? 6), flags, width) : mismatch();
  if (letter === 'e' || letter === 'E') {
    if (kind !== 'f' && kind !== 'n') return mismatch();
    const text = Number(value).toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    return letter === 'E' ? text.toUpperCase() : text;
  }
  return invalid(`Invalid format string: ${spec} (conversion '${letter}' is not supported)`);
}

function signed(text: string, flags: string, width: number): string {
  const negative = text.startsWith('-');
  let body = negative ? text.slice(1) : text;
  if (flags.includes(',')) body = body.replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return flags.includes('0') ? sign + body.padStart(width - sign.length, '0') : sign + body;
}

/** A decimal text with so many digits, rounded half up as Java's Formatter rounds. */
function fixed(value: string, digits: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(value);
  if (!match) return value;
  const scale = (match[3] ?? '').length - Number(match[4] ?? 0);
  const unscaled = BigInt(match[2]! + (match[3] ?? ''));
  const shift = digits - scale;
  const scaled = shift >= 0 ? unscaled * 10n ** BigInt(shift) : (unscaled * 2n + 10n ** BigInt(-shift)) / (2n * 10n ** BigInt(-shift));
  const text = scaled.toString().padStart(digits + 1, '0');
  return `${match[1]}${text.slice(0, text.length - digits)}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}
