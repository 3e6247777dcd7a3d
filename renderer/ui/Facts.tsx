import styles from './Facts.module.css';

interface Props {
  title?: string;
  /** Label and value; those without a value are left out. */
  facts: readonly (readonly [string, string | undefined])[];
  /** Said where there is no fact. */
  empty?: string;
}

/** A list of labelled values. */
export function Facts({ title, facts, empty }: Props) {
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return (
    <section className={styles.facts}>
      {title && <h3>{title}</h3>}
      {known.length === 0 && empty && <p>{empty}</p>}
      {known.length > 0 && (
        <dl>
          {known.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
