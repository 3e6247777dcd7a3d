/**
 * Gives the focus back to where it was when a dialog goes: dialogs here are taken out of the page whole, and then the
 * browser leaves the focus on the body, from where no key leads anywhere. Answers what stops it.
 */
export function returnFocusFromDialogs(): () => void {
  const cameFrom = new Map<Element, HTMLElement>();
  const removed = new MutationObserver(() => {
    for (const [dialog, before] of cameFrom) {
      if (dialog.isConnected) continue;
      cameFrom.delete(dialog);
      if (document.activeElement === document.body && before.isConnected) before.focus({ preventScroll: true });
    }
    if (cameFrom.size === 0) removed.disconnect();
  });
  const onFocus = ({ target, relatedTarget }: FocusEvent) => {
    const dialog = target instanceof Element ? target.closest('[role="dialog"]') : null;
    if (!dialog || cameFrom.has(dialog) || !(relatedTarget instanceof HTMLElement) || dialog.contains(relatedTarget)) return;
    cameFrom.set(dialog, relatedTarget);
    removed.observe(document.body, { childList: true, subtree: true });
  };
  document.addEventListener('focusin', onFocus);
  return () => {
    document.removeEventListener('focusin', onFocus);
    removed.disconnect();
  };
}
