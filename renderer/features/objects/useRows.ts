import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Browsers give up on elements of some 33 million px; longer lists are scrolled in pages of this. */
const TALLEST = 16_000_000;
/** Rows drawn above and below what is seen. */
const BEYOND = 14;

export interface Rows {
  /** Of the element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** px of the element that is scrolled. */
  height: number;
  first: number;
  /** After the last drawn row. */
  end: number;
  /** px from the element's top. */
  topOf(index: number): number;
  /** Scrolls as little as shows the row. */
  show(index: number): void;
}

/**
 * Rows of one height in a scroller under a sticky head, however many. What a list is taller than an element can be is
 * gained by moving the rows against the scroll bar: small scrolls are exact, the thumb goes to its part of the list.
 */
export function useRows(count: number, rowHeight: number, head: number): Rows {
  const scroller = useRef<HTMLDivElement>(null);
  const total = count * rowHeight;
  const height = Math.min(total, TALLEST);
  const [seen, setSeen] = useState({ top: 0, offset: 0, size: 0 });
  const state = useRef({ total, height, offset: 0, scrolled: 0 });
  useLayoutEffect(() => {
    state.current.total = total;
    state.current.height = height;
  });

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const now = state.current;
    const size = element.clientHeight - head;
    const { scrollTop } = element;
    const surplus = now.total - now.height;
    if (surplus <= 0) now.offset = 0;
    else if (Math.abs(scrollTop - now.scrolled) > size) now.offset = Math.round(surplus * Math.min(1, scrollTop / Math.max(1, now.height - size)));
    else if (scrollTop <= 0 || scrollTop + size >= now.height) now.offset = scrollTop <= 0 ? 0 : surplus;
    now.scrolled = scrollTop;
    setSeen((before) => (before.top === scrollTop && before.offset === now.offset && before.size === size ? before : { top: scrollTop, offset: now.offset, size }));
  }, [head]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [update]);
  useLayoutEffect(update, [update, total]);

  const at = seen.top + seen.offset;
  const first = Math.max(0, Math.floor(at / rowHeight) - BEYOND);
  const end = Math.min(count, Math.ceil((at + seen.size) / rowHeight) + BEYOND);
  const show = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const now = state.current;
      const size = element.clientHeight - head;
      const from = element.scrollTop + now.offset;
      const top = index * rowHeight;
      const wanted = top < from ? top : top + rowHeight > from + size ? top + rowHeight - size : from;
      if (wanted === from) return;
      const surplus = now.total - now.height;
      if (surplus > 0) now.offset = Math.round(surplus * Math.min(1, wanted / Math.max(1, now.total - size)));
      now.scrolled = Math.max(0, wanted - now.offset);
      element.scrollTo({ top: now.scrolled });
      update();
    },
    [head, rowHeight, update],
  );
  return { scroller, height, first: Math.min(first, end), end, topOf: (index) => index * rowHeight - seen.offset, show };
}
