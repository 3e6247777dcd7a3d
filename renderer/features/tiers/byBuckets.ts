import type { Cell, RegionPrices } from '../../../shared/contract/s3Tiers.ts';
import { monthly } from '../../../shared/prices/cost.ts';
import type { BreakdownRow } from './Breakdown.tsx';

/** The cells summed by one of their properties, each with its price. */
export function byBuckets<Id extends string | number>(cells: readonly Cell[], idOf: (cell: Cell) => Id, nameOf: (id: Id) => string, prices: RegionPrices | undefined): BreakdownRow[] {
  const grouped = new Map<Id, Cell[]>();
  for (const cell of cells) grouped.set(idOf(cell), [...(grouped.get(idOf(cell)) ?? []), cell]);
  return [...grouped].map(([id, own]) => {
    const byClass: Record<string, number> = {};
    for (const { storageClass, bytes } of own) byClass[storageClass] = (byClass[storageClass] ?? 0) + bytes;
    const sum = (of: 'objects' | 'bytes') => own.reduce((total, cell) => total + cell[of], 0);
    return { id: String(id), name: nameOf(id), objects: sum('objects'), bytes: sum('bytes'), byClass, month: prices ? monthly(own, prices).value : null };
  });
}
