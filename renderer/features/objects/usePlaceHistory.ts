import { useEffect, useRef, useState } from 'react';
import type { ObjectsParams } from './ObjectsTab.tsx';

export interface PlaceHistory {
  back: (() => void) | undefined;
  forward: (() => void) | undefined;
}

/** Where this tab was, to go back and forward, as in a file manager. */
export function usePlaceHistory(place: ObjectsParams | null, goTo: (place: ObjectsParams) => void): PlaceHistory {
  const [stack, setStack] = useState<{ places: ObjectsParams[]; at: number }>({ places: [], at: -1 });
  const travelling = useRef(false);
  const { bucket, prefix } = place ?? {};
  useEffect(() => {
    if (bucket === undefined || prefix === undefined) return;
    if (travelling.current) {
      travelling.current = false;
      return;
    }
    setStack(({ places, at }) => {
      const now = places[at];
      if (now?.bucket === bucket && now.prefix === prefix) return { places, at };
      return { places: [...places.slice(0, at + 1), { bucket, prefix }], at: at + 1 };
    });
  }, [bucket, prefix]);
  const travel = (by: number) => {
    const to = stack.places[stack.at + by];
    if (!to) return undefined;
    return () => {
      travelling.current = true;
      setStack({ ...stack, at: stack.at + by });
      goTo(to);
    };
  };
  return { back: travel(-1), forward: travel(1) };
}
