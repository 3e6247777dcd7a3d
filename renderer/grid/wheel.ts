/** What ag-grid scrolls its rows in. */
const viewportSelector = '.ag-grid-viewport';

/**
 * A grid taller than the browser can draw is squeezed into what it can, so that one pixel of scrolling passes several
 * pixels of rows: a turn of the wheel would skip rows. This turns the wheel by pixels of rows again. Returns what stops it.
 */
export function scrollByPixels(host: HTMLElement, rowsHeight: () => number): () => void {
  let left = 0;
  const onWheel = (event: WheelEvent) => {
    const viewport = host.querySelector<HTMLElement>(viewportSelector);
    if (!viewport || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    const squeeze = rowsHeight() / viewport.scrollHeight;
    if (squeeze <= 1.01) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? viewport.clientHeight : 1;
    // Whole pixels are scrolled now; what is left counts with the next turn.
    left += (event.deltaY * lines) / squeeze;
    const whole = Math.trunc(left);
    left -= whole;
    viewport.scrollTop += whole;
  };
  host.addEventListener('wheel', onWheel, { passive: false, capture: true });
  return () => host.removeEventListener('wheel', onWheel, { capture: true });
}
