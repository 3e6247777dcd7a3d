/** A Secchi disk: the quartered disk lowered into a lake. */
export function Logo() {
  return (
    <svg width="52" height="34" viewBox="-17.5 -10 52 34" aria-hidden>
      <circle cx="8" cy="7" r="6.6" fill="var(--ground)" stroke="var(--accent)" strokeWidth="1.4" />
      <path d="M8 7 V0.4 A6.6 6.6 0 0 0 1.4 7 Z M8 7 V13.6 A6.6 6.6 0 0 0 14.6 7 Z" fill="var(--accent)" />
    </svg>
  );
}
