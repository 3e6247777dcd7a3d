import styles from './PreviewPane.module.css';

interface Props<Name extends string> {
  label: string;
  tabs: readonly (readonly [name: Name, title: string])[];
  chosen: Name;
  onChoose(name: Name): void;
}

/** Small tabs inside the preview: Rows, Schema, Row groups. */
export function ViewTabs<Name extends string>({ label, tabs, chosen, onChoose }: Props<Name>) {
  return (
    <div role="tablist" aria-label={label} className={styles.tabs}>
      {tabs.map(([name, title], index) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          tabIndex={name === chosen ? 0 : -1}
          className={styles.tab}
          onClick={() => onChoose(name)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
            const next = tabs[index + step];
            if (!step || !next) return;
            onChoose(next[0]);
            const sibling = step > 0 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
            if (sibling instanceof HTMLElement) sibling.focus();
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
