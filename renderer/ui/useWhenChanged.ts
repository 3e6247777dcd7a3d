import { useEffect, useRef } from 'react';

/** Acts when `value` is another one than at the render before; not for the first. */
export function useWhenChanged(value: unknown, act: () => void): void {
  const before = useRef(value);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    latest.current();
  }, [value]);
}
