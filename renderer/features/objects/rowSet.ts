/** Some of many rows, a bit each: a million selected ones take 125 KB, and a range of them a few ms. Never changed. */
export class RowSet implements Iterable<number> {
  private constructor(
    private readonly bits: Uint32Array,
    readonly size: number,
  ) {}

  static readonly none = new RowSet(new Uint32Array(0), 0);
  static of(rows: ArrayLike<number>): RowSet {
    return RowSet.none.with(rows);
  }

  has(row: number): boolean {
    return row >= 0 && ((this.bits[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
  }

  /** These and others. */
  with(rows: ArrayLike<number>): RowSet {
    let last = -1;
    for (let at = 0; at < rows.length; at += 1) last = Math.max(last, rows[at]!);
    const bits = new Uint32Array(Math.max(this.bits.length, (last >>> 5) + 1));
    bits.set(this.bits);
    let { size } = this;
    for (let at = 0; at < rows.length; at += 1) {
      const word = rows[at]! >>> 5;
      const bit = 1 << (rows[at]! & 31);
      if (bits[word]! & bit) continue;
      bits[word]! |= bit;
      size += 1;
    }
    return new RowSet(bits, size);
  }

  /** With the row where it was missing, without it where it was there. */
  toggled(row: number): RowSet {
    if (!this.has(row)) return this.with([row]);
    const bits = this.bits.slice();
    bits[row >>> 5]! &= ~(1 << (row & 31));
    return new RowSet(bits, this.size - 1);
  }

  /** The rows, ascending. Much quicker than iterating where there are many. */
  forEach(look: (row: number) => void): void {
    for (let word = 0; word < this.bits.length; word += 1) {
      for (let left = this.bits[word]!; left !== 0; left &= left - 1) look(word * 32 + (31 - Math.clz32(left & -left)));
    }
  }

  [Symbol.iterator](): Iterator<number> {
    const rows: number[] = [];
    this.forEach((row) => rows.push(row));
    return rows[Symbol.iterator]();
  }
}
