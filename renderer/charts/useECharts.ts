import { useEffect, useRef, useState } from 'react';
import type { ECharts } from './echarts.ts';

export interface Drawn {
  /** For the element that holds the canvas. */
  host: React.RefObject<HTMLDivElement | null>;
  chart: ECharts | null;
  /** px; 0 until it is laid out. */
  width: number;
  height: number;
  /** The library could not be loaded. */
  error: unknown;
}

/** An ECharts instance as large as its element, loaded when first needed and gone with it. */
export function useECharts(): Drawn {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let gone = false;
    let made: ECharts | null = null;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
      if (width > 0 && height > 0) made?.resize({ width, height });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      made = init(element, null, { renderer: 'canvas' });
      setChart(made);
      measure();
    }, setError);
    return () => {
      gone = true;
      observer.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);
  return { host, chart, ...size, error };
}
