/** US dollars, added up; what cannot be priced makes the whole unknown, and is named. */
export class Sum {
  readonly missing = new Set<string>();
  private total = 0;

  /** Adds `price` × `amount`; an unknown price matters only where there is something to pay for. */
  add(price: number | null | undefined, amount: number, name: string): void {
    if (amount === 0) return;
    if (price === null || price === undefined) this.missing.add(name);
    else this.total += price * amount;
  }

  join(other: Sum): void {
    this.total += other.total;
    for (const name of other.missing) this.missing.add(name);
  }

  /** null where a price that matters is not known. */
  get value(): number | null {
    return this.missing.size > 0 ? null : this.total;
  }
}
