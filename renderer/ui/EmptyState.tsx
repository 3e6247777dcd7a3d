import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface Props {
  title: string;
  text?: string;
  icon?: ReactNode;
  /** Buttons, links, an ErrorNotice. */
  children?: ReactNode;
}

/** What a region says when it has nothing to show: what belongs here and what to do next. */
export function EmptyState({ title, text, icon, children }: Props) {
  return (
    <div className={styles.empty}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
