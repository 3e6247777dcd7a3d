import type { TilePlace } from '../../../shared/contract/dashboards.ts';

export const COLUMNS = 12;

/** Something with a place on the grid. */
export interface Placed {
  id: string;
  at: TilePlace;
}

const overlap = (a: TilePlace, b: TilePlace): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const inside = ({ x, y, w, h }: TilePlace): TilePlace => {
  const width = Math.max(2, Math.min(COLUMNS, w));
  return { w: width, h: Math.max(2, Math.min(60, h)), x: Math.max(0, Math.min(COLUMNS - width, x)), y: Math.max(0, y) };
};

/** Every tile as far up as it goes, from the top; `first` keeps its place against the others. */
function settle<T extends Placed>(tiles: readonly T[], first?: string): T[] {
  const order = [...tiles].sort((a, b) => a.at.y - b.at.y || Number(b.id === first) - Number(a.id === first) || a.at.x - b.at.x);
  const settled: T[] = [];
  for (const tile of order) {
    let y = tile.at.y;
    const fits = (at: number) => settled.every((other) => !overlap({ ...tile.at, y: at }, other.at));
    while (!fits(y)) y += 1;
    while (y > 0 && fits(y - 1)) y -= 1;
    settled.push({ ...tile, at: { ...tile.at, y } });
  }
  return tiles.map((tile) => settled.find(({ id }) => id === tile.id)!);
}

/** The tiles with one at a new place: those it covers go down, gaps close upwards, none overlap. */
export function place<T extends Placed>(tiles: readonly T[], id: string, wanted: TilePlace): T[] {
  const at = inside(wanted);
  // What it was moved onto makes room below it; what it left closes up.
  const moved = tiles.map((tile) => (tile.id === id ? { ...tile, at } : overlap(tile.at, at) && tile.at.y >= at.y ? { ...tile, at: { ...tile.at, y: at.y + at.h } } : tile));
  return settle(moved, id);
}

/** A tile added where there is room, below at the latest. */
export function add<T extends Placed>(tiles: readonly T[], tile: T): T[] {
  const { w, h } = inside(tile.at);
  for (let y = 0; ; y++)
    for (let x = 0; x + w <= COLUMNS; x++) {
      const at = { x, y, w, h };
      if (tiles.every((other) => !overlap(at, other.at))) return [...tiles, { ...tile, at }];
    }
}

/** After one is gone, or for a dashboard from elsewhere: no overlaps, no gaps. */
export const tidy = <T extends Placed>(tiles: readonly T[]): T[] => settle(tiles.map((tile) => ({ ...tile, at: inside(tile.at) })));

/** Rows of the grid that are used. */
export const rowsUsed = (tiles: readonly Placed[]): number => tiles.reduce((most, { at }) => Math.max(most, at.y + at.h), 0);
