/** Whether the system may say something: `ask`: once the user allows it; `never`: there is no such thing, or it was refused. */
export function systemNotices(): 'yes' | 'ask' | 'never' {
  if (typeof Notification === 'undefined' || Notification.permission === 'denied') return 'never';
  return Notification.permission === 'granted' ? 'yes' : 'ask';
}

/** Asks for it. Only from a click or a key: browsers ignore it otherwise. */
export async function allowSystemNotices(): Promise<boolean> {
  return systemNotices() === 'yes' || (systemNotices() === 'ask' && (await Notification.requestPermission()) === 'granted');
}

/** Says it by the system, where the window is behind others. A click brings the window to the front and runs `onClick`. */
export function notifyBySystem(text: string, onClick: () => void): void {
  if (systemNotices() !== 'yes' || document.hasFocus()) return;
  const notice = new Notification('Secchi', { body: text });
  notice.onclick = () => {
    window.focus();
    notice.close();
    onClick();
  };
}
