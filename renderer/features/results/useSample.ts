import { useEffect, useState } from 'react';
import { useMessages } from '../../app/messages.tsx';
import type { PageCache } from '../../grid/pageCache.ts';

/** Columns whose first rows choose a width; those after them get one by name and type. */
const mostColumns = 40;
const rows = 100;

/** The first rows of a view, column-major; null until they are here. */
export function useSample(pages: PageCache, columns: number): (string | null)[][] | null {
  const messages = useMessages();
  const [sample, setSample] = useState<(string | null)[][] | null>(null);
  useEffect(() => {
    let wanted = true;
    const places = Array.from({ length: Math.min(columns, mostColumns) }, (_, i) => i);
    pages.range(0, rows - 1, places).then(
      (cells) => wanted && setSample((before) => before ?? cells),
      (error: unknown) => {
        if (wanted) setSample((before) => before ?? []);
        messages.error(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [pages, columns, messages]);
  return sample;
}
