/** Characters of one cell that cross to the page, and of all cells together. */
const LONGEST_CELL = 20_000;
const MOST_CHARACTERS = 8_000_000;

/** Cells cut to what a page can show; `…` ends what was cut. Rows that would go beyond all bounds are left out. */
export function boundedCells(columns: (string | null)[][]): { cells: (string | null)[][] } {
  const rows = columns[0]?.length ?? 0;
  let left = MOST_CHARACTERS;
  let kept = 0;
  for (; kept < rows; kept += 1) {
    for (const column of columns) left -= Math.min(column[kept]?.length ?? 0, LONGEST_CELL);
    if (left < 0 && kept > 0) break;
  }
  return { cells: columns.map((column) => column.slice(0, kept).map((cell) => (cell !== null && cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell))) };
}
