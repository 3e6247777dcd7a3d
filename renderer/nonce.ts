/**
 * Gives the page's CSP nonce to every <style> element that libraries (Mantine, Monaco, ag-grid, cmdk) make while they
 * run, so that style-src-elem needs no 'unsafe-inline'. Imported before anything else by main.tsx.
 */
const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce the host wrote into index.html; empty where the page is served without a CSP. */
export const styleNonce = meta?.nonce || meta?.getAttribute('nonce') || '';

if (styleNonce) {
  const createElement = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = createElement(name, options);
    if (name.toLowerCase() === 'style') element.nonce = styleNonce;
    return element;
  }) as typeof document.createElement;
}
