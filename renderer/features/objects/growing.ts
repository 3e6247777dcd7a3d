type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** A typed array that grows at its end: a million numbers cost what their bytes cost. */
export class Growing<T extends Numbers> {
  length = 0;
  #items: T;

  constructor(private readonly make: (length: number) => T) {
    this.#items = make(1024);
  }

  push(value: number): void {
    if (this.length === this.#items.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#items[index] ?? NaN;
  }

  set(index: number, value: number): void {
    this.#items[index] = value;
  }

  /** What is there now; a window on the same memory. */
  filled(): T {
    return this.#items.subarray(0, this.length) as T;
  }
}

export const growingNumbers = () => new Growing((length) => new Float64Array(length));
export const growingRows = () => new Growing((length) => new Uint32Array(length));
export const growingSmall = () => new Growing((length) => new Uint8Array(length));
