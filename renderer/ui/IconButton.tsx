import { Tooltip } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { shownShortcut } from '../app/keys.ts';
import styles from './IconButton.module.css';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title'> {
  /** The accessible name, shown as a tooltip. */
  label: string;
  /** Shown beside the name in the tooltip: `mod+k`. */
  keys?: string;
  /** What else the tooltip says. */
  note?: string;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** An icon alone, with a name for everyone. */
export function IconButton({ label, keys, note, pressed, className, children, ...rest }: Props) {
  return (
    <Tooltip label={`${label}${keys ? `  ${shownShortcut(keys)}` : ''}${note ? ` · ${note}` : ''}`}>
      <button type="button" aria-label={label} aria-description={note || undefined} aria-pressed={pressed} className={`${styles.button} ${className ?? ''}`} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}
