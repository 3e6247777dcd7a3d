import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './Splitter.module.css';

interface Props {
  /** `columns`: dragged left and right; `rows`: up and down. */
  direction: 'columns' | 'rows';
  label: string;
  /** Size in px of the part before it, or with `reverse` after it. */
  size: number;
  min: number;
  max: number;
  reverse?: boolean;
  onResize(size: number): void;
}

const STEP = 16;

/** The line between two regions: dragged, or moved with the arrow keys. */
export function Splitter({ direction, label, size, min, max, reverse = false, onResize }: Props) {
  const start = useRef<{ at: number; size: number } | null>(null);
  const sign = reverse ? -1 : 1;
  const clamp = (wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));
  const position = (event: PointerEvent) => (direction === 'columns' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = direction === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    onResize(clamp(size + (event.key === more ? STEP : -STEP) * sign));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`${styles.splitter} ${styles[direction] ?? ''}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: position(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(clamp(start.current.size + (position(event) - start.current.at) * sign));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
