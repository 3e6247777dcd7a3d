/** How long something that is only now drawn is waited for, ms. */
const PATIENCE = 10_000;

let stop = () => {};

/** Gives the focus to the element with this role and name as soon as it is there, unless the user goes on to something else. */
export function focusWhenThere(role: string, label: string): void {
  stop();
  const find = () => document.querySelector<HTMLElement>(`[role="${role}"][aria-label="${CSS.escape(label)}"]`);
  const until = performance.now() + PATIENCE;
  let frame = 0;
  const look = () => {
    const found = find();
    if (found) found.focus();
    if (found || performance.now() > until) stop();
    else frame = requestAnimationFrame(look);
  };
  const leave = new AbortController();
  stop = () => {
    cancelAnimationFrame(frame);
    leave.abort();
  };
  for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, () => stop(), { capture: true, signal: leave.signal });
  frame = requestAnimationFrame(look);
}
