import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { shownShortcut } from '../app/keys.ts';
import styles from './Toolbar.module.css';

/** The 38 px bar above a screen. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="toolbar" aria-label={label} className={styles.toolbar}>
      {children}
    </div>
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: ReactNode;
  /** The one primary action of the screen. */
  primary?: boolean;
  danger?: boolean;
  /** Shown as a key cap in the button. */
  keys?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A 26 px button of a tool bar. Its accessible name is its text; a `title` says why it is greyed. */
export function ToolButton({ icon, primary, danger, keys, children, className, ...rest }: ButtonProps) {
  const kind = primary ? styles.primary : danger ? styles.danger : styles.plain;
  return (
    <button type="button" className={`${styles.button} ${kind} ${className ?? ''}`} {...rest}>
      {icon}
      {children}
      {keys && (
        <kbd className={styles.keys} aria-hidden>
          {shownShortcut(keys)}
        </kbd>
      )}
    </button>
  );
}

/** Pushes what follows to the right end. */
export const ToolbarSpace = () => <span className={styles.space} />;

/** A small rounded label: `table samples.flights`, `no partition filter`. */
export function Chip({ tone = 'plain', title, children }: { tone?: 'plain' | 'warning' | 'success' | 'error' | 'accent'; title?: string; children: ReactNode }) {
  return (
    <span className={`${styles.chip} ${styles[tone] ?? ''}`} title={title}>
      {children}
    </span>
  );
}
