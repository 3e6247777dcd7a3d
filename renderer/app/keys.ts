/** Shortcuts as text: `mod+k`, `mod+shift+enter`, `alt+left`, `f5`. `mod` is Ctrl, on macOS ⌘. */

export const isMac = /mac/i.test(globalThis.navigator?.platform ?? '');

const NAMES: Record<string, string> = { arrowleft: 'left', arrowright: 'right', arrowup: 'up', arrowdown: 'down', ' ': 'space', escape: 'esc' };
const SHOWN: Record<string, string> = { enter: '↵', left: '←', right: '→', up: '↑', down: '↓', backspace: '⌫', esc: 'Esc', space: 'Space', delete: 'Del', tab: 'Tab', pagedown: 'PgDn', pageup: 'PgUp' };

/** Letters by their place on the keyboard, so that shortcuts work while a Korean layout is on. */
function keyName(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = letter ?? digit ?? event.key;
  return NAMES[key.toLowerCase()] ?? key.toLowerCase();
}

/** The shortcut this key press is; null while text is being composed (Korean, Japanese, Chinese). */
export function shortcutOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.keyCode === 229) return null;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const parts = [mod && 'mod', isMac && event.ctrlKey && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift', keyName(event)];
  return parts.filter(Boolean).join('+');
}

/** A shortcut written in any order, in the order shortcutOf answers. */
export function normalShortcut(keys: string): string {
  const parts = keys.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  return [...['mod', 'ctrl', 'alt', 'shift'].filter((name) => parts.slice(0, -1).includes(name)), key].join('+');
}

/** As people read it: `Ctrl+K`, on macOS `⌘K`. */
export function shownShortcut(keys: string): string {
  const words = normalShortcut(keys)
    .split('+')
    .map((part) => {
      if (part === 'mod') return isMac ? '⌘' : 'Ctrl';
      if (part === 'alt') return isMac ? '⌥' : 'Alt';
      if (part === 'shift') return isMac ? '⇧' : 'Shift';
      return SHOWN[part] ?? part.charAt(0).toUpperCase() + part.slice(1);
    });
  return words.join(isMac ? '' : '+');
}
