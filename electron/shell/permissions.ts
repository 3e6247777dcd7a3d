import { app, session, shell } from 'electron';
import { isOwnUrl } from './origin.ts';

/** Copying needs the clipboard, presenting a dashboard the whole screen, a long run's end a notification; the page needs nothing else of what a web page may ask for. */
const ALLOWED = new Set(['clipboard-sanitized-write', 'fullscreen', 'notifications']);

/** Denies web permissions, navigation, new windows and web views, for every window there will ever be. */
export function lockDownPages(): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isOwnUrl(contents.getURL()) && ALLOWED.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((contents, permission) => contents !== null && isOwnUrl(contents.getURL()) && ALLOWED.has(permission));

  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (/^https:\/\/(docs\.aws\.amazon\.com|trino\.io)\//.test(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}
