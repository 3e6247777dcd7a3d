import { useEffect, useState, type RefObject } from 'react';

const NAME = 'preview-find';
const CURRENT = 'preview-find-current';
/** Marks beyond are counted by nobody. */
const MOST = 2000;

/** Places of the text below an element that is drawn; case is of no matter. */
function placesOf(root: HTMLElement, wanted: string): Range[] {
  const places: Range[] = [];
  const lower = wanted.toLowerCase();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && places.length < MOST; node = walker.nextNode()) {
    const text = (node.textContent ?? '').toLowerCase();
    for (let at = text.indexOf(lower); at >= 0 && places.length < MOST; at = text.indexOf(lower, at + lower.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + lower.length, node.textContent?.length ?? 0));
      places.push(range);
    }
  }
  return places;
}

/** Marks what is found in an element (CSS highlights: the text itself stays untouched), and scrolls to one of it. */
export function useFind(root: RefObject<HTMLElement | null>, wanted: string, content: unknown) {
  const [places, setPlaces] = useState<Range[]>([]);
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    // After the content is drawn, and once for several letters typed quickly.
    const later = setTimeout(() => {
      setPlaces(wanted && root.current ? placesOf(root.current, wanted) : []);
      setCurrent(0);
    }, 60);
    return () => clearTimeout(later);
  }, [root, wanted, content]);
  useEffect(() => {
    CSS.highlights.set(NAME, new Highlight(...places));
    const place = places[current];
    CSS.highlights.set(CURRENT, place ? new Highlight(place) : new Highlight());
    place?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    if (place) scrollTo(place);
    return () => {
      CSS.highlights.delete(NAME);
      CSS.highlights.delete(CURRENT);
    };
  }, [places, current]);
  const step = (by: number) => places.length > 0 && setCurrent((before) => (before + by + places.length) % places.length);
  return { count: places.length, current, step };
}

/** A long text is one node: its scroller goes to the place itself. */
function scrollTo(place: Range): void {
  const scroller = place.startContainer.parentElement?.closest<HTMLElement>('pre, [data-scroll]');
  if (!scroller) return;
  const [box, frame] = [place.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) scroller.scrollTop += box.top - frame.top - frame.height / 3;
  if (box.left < frame.left || box.right > frame.right) scroller.scrollLeft += box.left - frame.left - frame.width / 3;
}
