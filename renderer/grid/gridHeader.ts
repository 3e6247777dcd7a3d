import type { IHeaderComp, IHeaderParams } from 'ag-grid-community';

export interface GridSort {
  column: number;
  direction: 'asc' | 'desc';
}

/** What the heads of a grid show and do; asked when they are drawn, so that one object serves all. */
export interface HeaderHooks {
  sort(): readonly GridSort[];
  filtered(column: number): boolean;
  /** A click on a head; `add` with Shift: after the columns sorted by already. */
  onSort(column: number, add: boolean): void;
  onFilter(column: number, anchor: HTMLElement): void;
  words: { filter(name: string): string };
  heads: Set<GridHeader>;
}

interface HeaderParams extends IHeaderParams {
  type: string;
  place: number;
  hooks: HeaderHooks;
}

const funnel =
  '<svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 4h16v2.172a2 2 0 0 1 -.586 1.414l-4.414 4.414v7l-6 2v-8.5l-4.48 -4.928a2 2 0 0 1 -.52 -1.345z"/></svg>';

/** A column's head: its name and type, its place in the order, and the funnel that opens its filter. */
export class GridHeader implements IHeaderComp {
  readonly #element = document.createElement('div');
  readonly #arrow = document.createElement('span');
  readonly #filter = document.createElement('button');
  #params!: HeaderParams;

  init(params: HeaderParams): void {
    this.#params = params;
    const { displayName, type, hooks, place } = params;
    const name = document.createElement('span');
    name.className = 'header-name';
    name.title = `${displayName} ${type}`;
    const small = document.createElement('span');
    small.className = 'header-type';
    small.textContent = type;
    name.append(displayName, ' ', small);
    this.#arrow.className = 'header-sort';
    this.#arrow.setAttribute('aria-hidden', 'true');
    this.#filter.type = 'button';
    this.#filter.className = 'header-filter';
    this.#filter.tabIndex = -1;
    this.#filter.innerHTML = funnel;
    this.#filter.setAttribute('aria-label', hooks.words.filter(displayName));
    this.#filter.addEventListener('click', (event) => {
      event.stopPropagation();
      hooks.onFilter(place, this.#element);
    });
    this.#element.className = 'header-cell';
    this.#element.append(name, this.#arrow, this.#filter);
    this.#element.addEventListener('click', (event) => hooks.onSort(place, event.shiftKey));
    hooks.heads.add(this);
    this.update();
  }

  /** The order or the filters have changed. */
  update(): void {
    const { hooks, place, eGridHeader } = this.#params;
    const sort = hooks.sort();
    const at = sort.findIndex(({ column }) => column === place);
    const direction = sort[at]?.direction;
    this.#arrow.textContent = direction ? `${direction === 'asc' ? '↑' : '↓'}${sort.length > 1 ? at + 1 : ''}` : '';
    eGridHeader.setAttribute('aria-sort', direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none');
    const filtered = hooks.filtered(place);
    this.#filter.classList.toggle('is-on', filtered);
    this.#filter.setAttribute('aria-pressed', String(filtered));
  }

  get place(): number {
    return this.#params.place;
  }

  get element(): HTMLElement {
    return this.#element;
  }

  getGui = (): HTMLElement => this.#element;
  refresh = (): boolean => false;
  destroy(): void {
    this.#params.hooks.heads.delete(this);
  }
}

/** A click: ascending, descending, none. With `add` after what is sorted by already. */
export function nextSort(sort: readonly GridSort[], column: number, add: boolean): GridSort[] {
  const held = sort.find((one) => one.column === column);
  const next: GridSort | undefined = !held ? { column, direction: 'asc' } : held.direction === 'asc' ? { column, direction: 'desc' } : undefined;
  if (!add) return next ? [next] : [];
  if (!held) return [...sort, next!];
  return next ? sort.map((one) => (one === held ? next : one)) : sort.filter((one) => one !== held);
}
