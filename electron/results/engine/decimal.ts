/** An exact decimal: `digits` × 10^-`scale`. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A number of any precision; undefined where the text is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMBER.exec(text.trim().replaceAll(',', ''));
  if (!match || !(match[2] || match[3])) return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2]}${fraction}`) * (match[1] === '-' ? -1n : 1n);
  const scale = fraction.length - Number(match[4] ?? 0);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function decimalText({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, text.length - scale)}${scale ? `.${text.slice(-scale)}` : ''}`;
}

/** Without zeros at the end of its fraction. */
export function shortened({ digits, scale }: Decimal): Decimal {
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale), scale };
}

/** Rounded half away from zero to `scale` digits. */
export function divideDecimal({ digits, scale: from }: Decimal, by: bigint, scale: number): Decimal {
  const scaled = digits * 10n ** BigInt(scale);
  const divisor = by * 10n ** BigInt(from);
  const half = scaled < 0n ? -divisor / 2n : divisor / 2n;
  return { digits: (scaled + half) / divisor, scale };
}

/** The nearest decimal of `scale` digits that is not below (`up`) or not above it. */
export function roundDecimal({ digits, scale: from }: Decimal, scale: number, up: boolean): Decimal {
  if (from <= scale) return { digits: digits * 10n ** BigInt(scale - from), scale };
  const unit = 10n ** BigInt(from - scale);
  const floor = digits >= 0n ? digits / unit : -((-digits + unit - 1n) / unit);
  return { digits: up && floor * unit !== digits ? floor + 1n : floor, scale };
}

/** Digits after the point of Trino's exact types; undefined for all others. */
export function exactScale(type: string): number | undefined {
  if (/^(tinyint|smallint|int|integer|bigint)$/i.test(type.trim())) return 0;
  const decimal = /^decimal\(\d+,\s*(\d+)\)$/i.exec(type.trim());
  return decimal ? Number(decimal[1]) : undefined;
}
