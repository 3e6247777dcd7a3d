import styles from './ProgressBar.module.css';

interface Props {
  label: string;
  /** Of `of`; undefined: nobody knows yet. */
  done: number | undefined;
  of?: number;
}

/** A small bar beside the words of what goes on. */
export function ProgressBar({ label, done, of = 100 }: Props) {
  return (
    <span className={styles.bar} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
      <span style={{ width: done === undefined ? '5%' : `${(100 * done) / of}%` }} />
    </span>
  );
}
