import { afterEach, expect, test, vi } from 'vitest';
import { allowSystemNotices, notifyBySystem, systemNotices } from '../../../../renderer/app/systemNotice.ts';

const shown: { body: string; onclick?: () => void }[] = [];
class Notice {
  static permission = 'granted';
  static requestPermission = async () => (Notice.permission = 'granted');
  onclick?: () => void;
  constructor(
    readonly title: string,
    { body }: { body: string },
  ) {
    shown.push(Object.assign(this, { body }));
  }
  close() {}
}
const system = (permission: string, focused: boolean) => {
  Notice.permission = permission;
  vi.stubGlobal('Notification', Notice);
  vi.stubGlobal('document', { hasFocus: () => focused });
  vi.stubGlobal('window', { focus: () => undefined });
};
afterEach(() => {
  vi.unstubAllGlobals();
  shown.length = 0;
});

test('a window behind others has the system say it, and a click leads back', () => {
  system('granted', false);
  let clicked = false;
  notifyBySystem('delays.sql: the query has ended', () => (clicked = true));
  expect(shown.map(({ body }) => body)).toEqual(['delays.sql: the query has ended']);
  shown[0]!.onclick!();
  expect(clicked).toBe(true);
});

test('nothing is said by the system in a window that is looked at, or where it was refused or never asked', () => {
  for (const [permission, focused] of [['granted', true], ['denied', false], ['default', false]] as const) {
    system(permission, focused);
    notifyBySystem('text', () => undefined);
  }
  expect(shown).toEqual([]);
});

test('it is asked for where it was not yet, and never again where it was refused', async () => {
  system('default', true);
  expect([systemNotices(), await allowSystemNotices(), systemNotices()]).toEqual(['ask', true, 'yes']);
  system('denied', true);
  expect([systemNotices(), await allowSystemNotices()]).toEqual(['never', false]);
  vi.stubGlobal('Notification', undefined);
  expect(systemNotices()).toBe('never');
});
