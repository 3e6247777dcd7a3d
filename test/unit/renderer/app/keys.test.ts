import { describe, expect, it } from 'vitest';
import { normalShortcut, shortcutOf, shownShortcut } from '../../../../renderer/app/keys.ts';

const press = (key: string, code: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 0, ...more }) as KeyboardEvent;

describe('shortcuts', () => {
  it('reads letters by their place, so that they work under a Korean layout', () => {
    expect(shortcutOf(press('ㅏ', 'KeyK', { ctrlKey: true }))).toBe('mod+k');
  });

  it('is nothing while text is being composed', () => {
    expect(shortcutOf(press('Enter', 'Enter', { ctrlKey: true, isComposing: true }))).toBeNull();
    expect(shortcutOf(press('Process', 'KeyK', { ctrlKey: true, keyCode: 229 }))).toBeNull();
  });

  it('says modifiers in one order, however they were written', () => {
    expect(normalShortcut('Shift+Mod+Enter')).toBe('mod+shift+enter');
    expect(shortcutOf(press('Enter', 'Enter', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+enter');
  });

  it('names keys as people read them', () => {
    expect(shownShortcut('mod+shift+d')).toBe('Ctrl+Shift+D');
    expect(shownShortcut('alt+pagedown')).toBe('Alt+PgDn');
  });
});
