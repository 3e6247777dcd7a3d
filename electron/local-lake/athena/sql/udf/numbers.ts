import { badCast, raise } from './values.ts';

const limits: Record<string, [bigint, bigint]> = {
  TINYINT: [-128n, 127n], SMALLINT: [-32768n, 32767n], INTEGER: [-2147483648n, 2147483647n], BIGINT: [-9223372036854775808n, 9223372036854775807n],
};

/** `CAST(varchar AS integer)` and its kin: digits with a sign; white space or a decimal point is no integer. */
export function parseInteger(text: string, type: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) return badCast(`Cannot cast '${text}' to ${type === 'INTEGER' ? 'INT' : type}`);
  const value = BigInt(text.replace(/^\+/, ''));
  const [low, high] = limits[type]!;
  return value < low || value > high ? badCast(`Cannot cast '${text}' to ${type === 'INTEGER' ? 'INT' : type}`) : value;
}

/** `CAST(varchar AS double)`: what Java's Double.parseDouble reads. */
export function parseFloating(text: string, type: string): number {
  const body = text.trim();
  if (/^[+-]?(NaN|Infinity)$/.test(body)) return body.endsWith('NaN') ? NaN : body.startsWith('-') ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(body)) return badCast(`Cannot cast '${text}' to ${type}`);
  return Number(body.replace(/[dDfF]$/, ''));
}

export function parseDecimal(text: string, precision: number, scale: number): string {
  const failed = (why: string): never => badCast(`Cannot cast VARCHAR '${text}' to DECIMAL(${precision}, ${scale}). ${why}`);
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  if (!match || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return failed('Value is not a number.');
  const unscaled = BigInt(`${match[2]}${match[3] ?? ''}` || '0');
  const value = rescale(unscaled, (match[3] ?? '').length - Number(match[4] ?? 0), scale);
  if (value >= 10n ** BigInt(precision)) return failed('Value too large.');
  return decimalText(match[1] === '-' ? -value : value, scale);
}

/** A number of so many decimals as one of another scale, rounded half away from zero. The number is not negative. */
function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (from <= to) return unscaled * 10n ** BigInt(to - from);
  return divideRounded(unscaled, 10n ** BigInt(from - to));
}

function divideRounded(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n;
  const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const quotient = (x * 2n + y) / (y * 2n);
  return negative ? -quotient : quotient;
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ''}`;
}

function parts(text: string): [bigint, number] {
  const [whole = '', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), fraction.length];
}

/** The quotient of two decimals with so many decimals, rounded half away from zero. */
export function decimalDivide(left: string, right: string, scale: number): string {
  const [[a, sa], [b, sb]] = [parts(left), parts(right)];
  if (b === 0n) return raise('DIVISION_BY_ZERO', 'Division by zero');
  const shift = scale + sb - sa;
  const quotient = shift >= 0 ? divideRounded(a * 10n ** BigInt(shift), b) : divideRounded(a, b * 10n ** BigInt(-shift));
  return decimalText(quotient, scale);
}

/** The remainder of two decimals, with the dividend's sign. */
export function decimalModulo(left: string, right: string, scale: number): string {
  const [[a, sa], [b, sb]] = [parts(left), parts(right)];
  if (b === 0n) return raise('DIVISION_BY_ZERO', 'Division by zero');
  return decimalText((a * 10n ** BigInt(scale - sa)) % (b * 10n ** BigInt(scale - sb)), scale);
}

/** Rounds half away from zero to `digits` decimals, or cuts them off; the answer keeps `scale` decimals. */
export function decimalRound(text: string, digits: number, scale: number, mode: string): string {
  const [a, from] = parts(text);
  if (digits >= from) return decimalText(a * 10n ** BigInt(Math.max(0, scale - from)), scale);
  const unit = 10n ** BigInt(from - digits);
  const down = a / unit;
  const up = mode === 'ceil' ? (a > 0n && a % unit !== 0n ? down + 1n : down) : mode === 'floor' ? (a < 0n && a % unit !== 0n ? down - 1n : down) : mode === 'round' ? divideRounded(a, unit) : down;
  const value = up * unit;
  return decimalText(from >= scale ? value / 10n ** BigInt(from - scale) : value * 10n ** BigInt(scale - from), scale);
}

/** A double as decimal text: its exact binary value rounded half away from zero, as `BigDecimal.valueOf(x).setScale(s, HALF_UP)`. */
export function doubleToDecimal(value: number, precision: number, scale: number): string {
  const shown = javaDouble(value);
  const failed = (): never => badCast(`Cannot cast DOUBLE '${shown}' to DECIMAL(${precision}, ${scale})`);
  if (!Number.isFinite(value)) return failed();
  const text = parseDecimalQuietly(String(value), scale);
  return text.replace(/^-/, '').split('.')[0]!.replace(/^0+/, '').length > precision - scale ? failed() : text;
}

function parseDecimalQuietly(text: string, scale: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)!;
  const value = rescale(BigInt(match[2]! + (match[3] ?? '')), (match[3] ?? '').length - Number(match[4] ?? 0), scale);
  return decimalText(match[1] === '-' ? -value : value, scale);
}

export function doubleToInteger(value: number, type: string): bigint {
  const failed = (): never => badCast(type === 'bigint' ? `Unable to cast ${javaDouble(value)} to bigint` : `Out of range for ${type}: ${javaDouble(value)}`);
  if (!Number.isFinite(value)) return failed();
  const rounded = BigInt(Math.sign(value) * Math.round(Math.abs(value)));
  const [low, high] = limits[type.toUpperCase()]!;
  return rounded < low || rounded > high ? failed() : rounded;
}

/** A double as Java's Double.toString writes it: `1.0`, `1.0E10`, `1.0E-5`, `Infinity`. */
export function javaDouble(value: number): string {
  return javaText(value, value.toString());
}

/** A float as Java's Float.toString writes it. */
export function javaFloat(value: number): string {
  const single = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return javaText(single, Number(text).toString());
  }
  return javaText(single, single.toString());
}

function javaText(value: number, shortest: string): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(shortest)!;
  const all = match[2]! + (match[3] ?? '');
  const digits = all.replace(/^0+/, '').replace(/0+$/, '') || '0';
  const exponent = match[2]!.length + Number(match[4] ?? 0) - (all.length - all.replace(/^0+/, '').length) - 1;
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    const padded = exponent >= 0 ? digits.padEnd(exponent + 1, '0') : '0'.repeat(-exponent) + digits;
    const point = exponent >= 0 ? exponent + 1 : 1;
    return `${match[1]}${padded.slice(0, point)}.${padded.slice(point) || '0'}`;
  }
  return `${match[1]}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
}

/** `CAST(varchar AS boolean)`: t, true, 1, f, false, 0 in any case. */
export function parseBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  if (['t', 'true', '1'].includes(lower)) return true;
  if (['f', 'false', '0'].includes(lower)) return false;
  return badCast(`Cannot cast '${text}' to BOOLEAN`);
}

/** `CAST(double AS varchar)`: scientific always, `3.77E1`; zero is `0E0`. */
export function castDouble(value: number): string {
  return scientific(value, javaDouble(value));
}

export function castReal(value: number): string {
  return scientific(value, javaFloat(value));
}

function scientific(value: number, text: string): string {
  if (!Number.isFinite(value)) return text;
  if (value === 0) return Object.is(value, -0) ? '-0E0' : '0E0';
  const [mantissa = '', exponent = '0'] = text.split('E');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  const lead = whole === '0' ? -(/^0*/.exec(fraction)![0].length + 1) : whole.length - 1;
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${lead + Number(exponent)}`;
}
