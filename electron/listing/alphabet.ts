const span = (from: string, to: string): number[] => Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, at) => from.charCodeAt(0) + at);
/** Where one of a class was seen, its others are likely. */
const DIGITS = span('0', '9');
const SMALL = span('a', 'z');
const CAPITAL = span('A', 'Z');
const hexadecimal = (letters: number[]) => letters.slice(0, 6);
/** Places of a key that are told apart; later ones count as one. */
const PLACES = 256;

/**
 * Which characters keys have at which place, learnt from those that came. Only a guess where splitting may pay: keys with
 * characters nobody expected are listed as well, by whoever lists the range they are in.
 */
export class Alphabet {
  readonly #seen: Set<number>[] = [];
  readonly #likely: (number[] | undefined)[] = [];

  learn(keys: readonly string[], samples = 8): void {
    const step = Math.max(1, Math.floor(keys.length / samples));
    for (let at = 0; at < keys.length; at += step) {
      let place = 0;
      for (const character of keys[at]!) {
        const seen = (this.#seen[place] ??= new Set());
        const point = character.codePointAt(0)!;
        if (!seen.has(point)) {
          seen.add(point);
          this.#likely[place] = undefined;
        }
        place = Math.min(place + 1, PLACES);
      }
    }
  }

  /** Code points that keys may well have at a place, ascending. */
  likely(place: number): readonly number[] {
    const at = Math.min(place, PLACES);
    return (this.#likely[at] ??= this.#guess(this.#seen[at] ?? new Set()));
  }

  #guess(seen: ReadonlySet<number>): number[] {
    const points = new Set(seen);
    const add = (more: number[]) => more.forEach((point) => points.add(point));
    // One character at a place is a fixed part of the names; of two, others of their kind are likely.
    if (seen.size > 1 && DIGITS.some((point) => seen.has(point))) {
      add(DIGITS);
      for (const letters of [SMALL, CAPITAL]) {
        const found = letters.filter((point) => seen.has(point));
        if (found.length > 0 && found.every((point) => hexadecimal(letters).includes(point))) add(hexadecimal(letters));
      }
    }
    return [...points].sort((a, b) => a - b);
  }

  /** Likely code points strictly between two, the middle one first, then the middles of the halves. */
  between(place: number, low: number, high: number): number[] {
    return halved(this.likely(place).filter((point) => point > low && point < high));
  }

  /** Any that might be there: letters nobody saw at the place yet, and the middle of what no alphabet has. */
  anyBetween(place: number, low: number, high: number): number[] {
    if (low >= 0x80) return high - low > 2 ? [notSurrogate(low + Math.floor((high - low) / 2))] : [];
    return halved([...DIGITS, ...CAPITAL, ...SMALL].filter((point) => point > low && point < high && !this.likely(place).includes(point)));
  }
}

const halved = (points: number[]): number[] => [...bisected(0, points.length)].map((at) => points[at]!);
const notSurrogate = (point: number): number => (point >= 0xd800 && point <= 0xdfff ? 0xd7ff : point);

/** From `from` up to before `to`: the middle first, then the middles of what is left on both sides. */
export function* bisected(from: number, to: number): Generator<number> {
  const parts: [number, number][] = [[from, to]];
  for (const [low, high] of parts) {
    if (low >= high) continue;
    const middle = (low + high) >>> 1;
    yield middle;
    parts.push([low, middle], [middle + 1, high]);
  }
}
