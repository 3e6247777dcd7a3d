/** One block of rows of some columns, column-major: `cells[i][row - start]` is of column `columns[i]`. */
export interface Page {
  start: number;
  cells: (string | null)[][];
}

/** Rows [start, start + count) of columns, by place. */
export type FetchPage = (start: number, count: number, columns: number[]) => Promise<Page>;

export const blockRows = 1000;
/** Results of more columns are read by so many at a time. */
const chunkColumns = 40;

interface Options {
  fetch: FetchPage;
  rows: number;
  columnCount: number;
  /** Pages kept; the one used longest ago goes. */
  capacity?: number;
}

/**
 * Pages of a view: a thousand rows of all columns, or of forty where there are more. Fetched once, read one block ahead in
 * the direction of travel. A failed page is forgotten, so that asking again tries again.
 */
export class PageCache {
  readonly #pages = new Map<string, Promise<Page>>();
  readonly #ready = new Map<string, Page>();
  readonly #chunk: number;
  #lastBlock = 0;
  #rows: number;

  constructor(private readonly options: Options) {
    this.#rows = options.rows;
    this.#chunk = options.columnCount <= chunkColumns * 1.5 ? Math.max(1, options.columnCount) : chunkColumns;
  }

  /** Resolves when the block that holds `row` is here, for these columns; reads the next one quietly. */
  async block(row: number, columns: number[]): Promise<void> {
    const index = Math.floor(row / blockRows);
    const ahead = index + (index < this.#lastBlock ? -1 : 1);
    this.#lastBlock = index;
    const chunks = [...new Set(columns.map((column) => Math.floor(column / this.#chunk)))];
    const wanted = Promise.all((chunks.length > 0 ? chunks : [0]).map((chunk) => this.#get(index, chunk)));
    // Read-ahead waits for the wanted block, so that it never delays it; its failure is reported when it is asked for.
    void wanted.then(() => (this.#exists(ahead) ? Promise.all(chunks.map((chunk) => this.#get(ahead, chunk))) : undefined)).catch(() => undefined);
    await wanted;
  }

  /** How many rows the block that holds `row` has, of those there now. */
  rowsOf(row: number): number {
    const start = Math.floor(row / blockRows) * blockRows;
    return Math.max(0, Math.min(blockRows, this.#rows - start));
  }

  /** A cell that is here already; undefined where it is not. */
  peek(row: number, column: number): string | null | undefined {
    const page = this.#ready.get(this.#key(Math.floor(row / blockRows), Math.floor(column / this.#chunk)));
    return page?.cells[column % this.#chunk]?.[row - page.start];
  }

  /** A cell, read where it is not here. */
  async cell(row: number, column: number): Promise<string | null> {
    const page = await this.#get(Math.floor(row / blockRows), Math.floor(column / this.#chunk));
    return page.cells[column % this.#chunk]?.[row - page.start] ?? null;
  }

  /** Rows [from, to] of columns, column-major, page by page. */
  async range(from: number, to: number, columns: number[]): Promise<(string | null)[][]> {
    const read: (string | null)[][] = columns.map(() => []);
    for (let row = from; row <= to; ) {
      const block = Math.floor(row / blockRows);
      const end = Math.min(to, (block + 1) * blockRows - 1);
      for (const [i, column] of columns.entries()) {
        const page = await this.#get(block, Math.floor(column / this.#chunk));
        const cells = page.cells[column % this.#chunk] ?? [];
        for (let at = row; at <= end; at += 1) read[i]?.push(cells[at - page.start] ?? null);
      }
      row = end + 1;
    }
    return read;
  }

  /** More rows have come: blocks that were not full are read again when they are asked for; what they held is shown until then. */
  grow(rows: number): void {
    this.#rows = rows;
    for (const [key, page] of this.#ready) if ((page.cells[0]?.length ?? 0) < blockRows) this.#pages.delete(key);
  }

  #key = (block: number, chunk: number): string => `${block}:${chunk}`;

  #exists(block: number): boolean {
    return block >= 0 && block * blockRows < this.#rows;
  }

  #get(block: number, chunk: number): Promise<Page> {
    const key = this.#key(block, chunk);
    const held = this.#pages.get(key);
    if (held) {
      this.#pages.delete(key);
      this.#pages.set(key, held);
      return held;
    }
    const { fetch, columnCount, capacity = 60 } = this.options;
    const first = chunk * this.#chunk;
    const columns = Array.from({ length: Math.min(this.#chunk, columnCount - first) }, (_, i) => first + i);
    const promise = fetch(block * blockRows, blockRows, columns);
    this.#pages.set(key, promise);
    promise.then(
      (page) => this.#pages.get(key) === promise && this.#ready.set(key, page),
      () => this.#pages.get(key) === promise && this.#drop(key),
    );
    while (this.#pages.size > capacity) this.#drop(this.#pages.keys().next().value as string);
    return promise;
  }

  #drop(key: string): void {
    this.#pages.delete(key);
    this.#ready.delete(key);
  }
}
