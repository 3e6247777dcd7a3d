/** One block of rows, column-major: `cells[column][row - start]`. */
export interface Page {
  start: number;
  cells: (string | null)[][];
}

export type FetchPage = (start: number, count: number) => Promise<Page>;

export const blockRows = 1000;

/**
 * Blocks of a view, fetched once, read one block ahead in the direction of travel, and kept up to `capacity`
 * (least recently used first out). A failed block is forgotten, so that asking again tries again.
 */
export class PageCache {
  readonly #blocks = new Map<number, Promise<Page>>();
  readonly #ready = new Map<number, Page>();
  #lastBlock = 0;

  constructor(
    private readonly fetch: FetchPage,
    private readonly rowCount: () => number,
    private readonly capacity = 40,
  ) {}

  /** The block that holds `row`, and, quietly, the next one. */
  block(row: number): Promise<Page> {
    const index = Math.floor(row / blockRows);
    const ahead = index + (index < this.#lastBlock ? -1 : 1);
    this.#lastBlock = index;
    const wanted = this.#get(index);
    // Read-ahead waits for the wanted block, so that it never delays it; its failure is reported when it is asked for.
    const readAhead = () => (this.#exists(ahead) ? this.#get(ahead) : undefined);
    void wanted.then(readAhead).catch(() => undefined);
    return wanted;
  }

  /** A cell that is here already; undefined where its block is not. */
  peek(row: number, column: number): string | null | undefined {
    const page = this.#ready.get(Math.floor(row / blockRows));
    return page?.cells[column]?.[row - page.start];
  }

  /** Rows [from, to] of columns [left, right], column-major, block by block. */
  async range(from: number, to: number, left: number, right: number): Promise<(string | null)[][]> {
    const columns: (string | null)[][] = Array.from({ length: right - left + 1 }, () => []);
    for (let row = from; row <= to; ) {
      const page = await this.#get(Math.floor(row / blockRows));
      const end = Math.min(to, page.start + blockRows - 1);
      for (let column = left; column <= right; column += 1) {
        const cells = page.cells[column] ?? [];
        for (let at = row; at <= end; at += 1) columns[column - left]?.push(cells[at - page.start] ?? null);
      }
      row = end + 1;
    }
    return columns;
  }

  /** Forgets the blocks that were not full when they were read: more rows have come. */
  forgetPartial(): void {
    for (const [index, page] of this.#ready) if ((page.cells[0]?.length ?? 0) < blockRows) this.#drop(index);
  }

  #exists(index: number): boolean {
    return index >= 0 && index * blockRows < this.rowCount();
  }

  #get(index: number): Promise<Page> {
    const held = this.#blocks.get(index);
    if (held) {
      this.#blocks.delete(index);
      this.#blocks.set(index, held);
      return held;
    }
    const promise = this.fetch(index * blockRows, blockRows);
    this.#blocks.set(index, promise);
    promise.then(
      (page) => this.#blocks.get(index) === promise && this.#ready.set(index, page),
      () => this.#blocks.get(index) === promise && this.#drop(index),
    );
    while (this.#blocks.size > this.capacity) this.#drop(this.#blocks.keys().next().value as number);
    return promise;
  }

  #drop(index: number): void {
    this.#blocks.delete(index);
    this.#ready.delete(index);
  }
}
