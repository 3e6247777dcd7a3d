import { useState } from 'react';
import styles from './PreviewPane.module.css';

/** A place to go to: a row's number, a byte (`0x…` too). Enter goes. */
export function NumberField({ label, onGo }: { label: string; onGo(value: number): void }) {
  const [text, setText] = useState('');
  const value = Number(text.replace(/[\s,_]/g, ''));
  const valid = text.trim() !== '' && Number.isSafeInteger(value) && value >= 0;
  return (
    <input
      type="text"
      inputMode="numeric"
      className={styles.numberField}
      aria-label={label}
      aria-invalid={text !== '' && !valid}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || !valid) return;
        event.preventDefault();
        onGo(value);
      }}
    />
  );
}
