import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connections.ts';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import styles from './ConnectionsDialog.module.css';

const colours: Connection['colour'][] = ['teal', 'blue', 'violet', 'amber', 'red', 'grey'];

/** A connection's colour, by name too: red means production. */
export function ColourChoice({ colour, onChange }: { colour: Connection['colour']; onChange(colour: Connection['colour']): void }) {
  const { t } = useTranslation('connections');
  return (
    <fieldset className={styles.colours}>
      <legend>{t('colour')}</legend>
      {colours.map((one) => (
        <label key={one} className={styles.colour}>
          <input type="radio" name="colour" checked={one === colour} onChange={() => onChange(one)} />
          <ConnectionDot colour={one} />
          {t(`colours.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}
