/**
 * Keeps `aria-activedescendant` on the item that is selected: cmdk leaves the id of an item that was filtered out. For a ref
 * of its root; answers what ends it.
 */
export function keepActiveDescendant(root: HTMLElement | null): (() => void) | undefined {
  if (!root) return undefined;
  const keep = () => {
    const id = root.querySelector('[cmdk-item][aria-selected="true"]')?.id;
    for (const element of root.querySelectorAll('[cmdk-input], [cmdk-list]')) {
      if (!id) element.removeAttribute('aria-activedescendant');
      else if (element.getAttribute('aria-activedescendant') !== id) element.setAttribute('aria-activedescendant', id);
    }
  };
  const observer = new MutationObserver(keep);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['aria-selected', 'aria-activedescendant'] });
  keep();
  return () => observer.disconnect();
}
