/** Count, sum and average of selected cells. Integers and decimals are added exactly, floats as floats. */
export interface Aggregate {
  cells: number;
  nulls: number;
  /** Cells that are numbers; sum and average are theirs. */
  numbers: number;
  sum?: string;
  average?: string;
}

const exact = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A running exact decimal: `value` × 10^-`scale`. */
interface Decimal {
  value: bigint;
  scale: number;
}

function add(total: Decimal, text: string): boolean {
  const match = exact.exec(text);
  if (!match) return false;
  const fraction = match[3] ?? '';
  let value = BigInt(`${match[1] === '-' ? '-' : ''}${match[2]}${fraction}`);
  if (fraction.length > total.scale) {
    total.value *= 10n ** BigInt(fraction.length - total.scale);
    total.scale = fraction.length;
  } else value *= 10n ** BigInt(total.scale - fraction.length);
  total.value += value;
  return true;
}

function decimalText({ value, scale }: Decimal): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale ? digits.slice(-scale).replace(/0+$/, '') : '';
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** `numeric[i]` says whether column i of `columns` holds numbers. Columns are column-major cell texts. */
export function aggregate(columns: (string | null)[][], numeric: boolean[]): Aggregate {
  const total: Decimal = { value: 0n, scale: 0 };
  let floats = 0;
  let hasFloats = false;
  let cells = 0;
  let nulls = 0;
  let numbers = 0;
  columns.forEach((column, index) => {
    cells += column.length;
    for (const text of column) {
      if (text === null) nulls += 1;
      else if (numeric[index]) {
        if (!add(total, text)) {
          const value = Number(text);
          if (text.trim() === '' || Number.isNaN(value)) continue;
          hasFloats = true;
          floats += value;
        }
        numbers += 1;
      }
    }
  });
  if (numbers === 0) return { cells, nulls, numbers };
  const sum = decimalText(total);
  if (hasFloats) {
    const value = floats + Number(sum);
    return { cells, nulls, numbers, sum: String(value), average: String(Number((value / numbers).toPrecision(12))) };
  }
  // Four digits after the point, rounded half away from zero, from the exact sum.
  const scaled = total.value * 10_000n;
  const divisor = BigInt(numbers) * 10n ** BigInt(total.scale);
  const half = scaled < 0n ? -divisor / 2n : divisor / 2n;
  return { cells, nulls, numbers, sum, average: decimalText({ value: (scaled + half) / divisor, scale: 4 }) };
}

/** Groups the digits before the point: `1234567.5` → `1,234,567.5`. Leaves what is not a plain number alone. */
export function groupDigits(text: string, separator = ','): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match ? `${match[1]}${(match[2] as string).replace(/\B(?=(\d{3})+$)/g, separator)}${match[3] ?? ''}` : text;
}
