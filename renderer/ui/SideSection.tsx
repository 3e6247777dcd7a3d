import type { ReactNode } from 'react';
import styles from './SideSection.module.css';

interface Props {
  /** Shown in small capitals. */
  title: string;
  /** IconButtons at the right of the title. */
  actions?: ReactNode;
  /** The filter field under the title. */
  filter?: ReactNode;
  children: ReactNode;
}

/** One part of the side bar: title, its buttons, its filter, and a body that fills the rest. */
export function SideSection({ title, actions, filter, children }: Props) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        {actions}
      </header>
      {filter && <div className={styles.filter}>{filter}</div>}
      <div className={styles.body}>{children}</div>
    </section>
  );
}
