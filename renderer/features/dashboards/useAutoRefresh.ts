import { useEffect, useRef } from 'react';

/** Refreshes every so many minutes while the dashboard is in view; not while the last refresh still runs. */
export function useAutoRefresh(minutes: number, shown: boolean, busy: boolean, refresh: () => void): void {
  const latest = useRef({ busy, refresh });
  useEffect(() => {
    latest.current = { busy, refresh };
  });
  useEffect(() => {
    if (minutes <= 0 || !shown) return;
    const timer = setInterval(() => {
      if (!latest.current.busy && document.visibilityState === 'visible') latest.current.refresh();
    }, minutes * 60_000);
    return () => clearInterval(timer);
  }, [minutes, shown]);
}
