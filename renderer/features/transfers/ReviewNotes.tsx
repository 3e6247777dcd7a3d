import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { visibleName } from '../objects/listingView.ts';
import styles from './ReviewTransfer.module.css';
import { TransferFiles } from './TransferFiles.tsx';

/** What is worth knowing of a planned transfer before it starts: what will not come, and what gets another name. */
export function ReviewNotes({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('review');
  const [files, setFiles] = useState(false);
  const { filesFailed, survey = {}, error } = transfer;
  const { links = 0, renamed = 0, examples = [], archived = 0, archivedBytes = 0 } = survey;
  const refused = filesFailed - archived;
  const number = (count: number) => ({ count, formatted: formatNumber(count) });
  if (links + renamed + archived + Math.max(0, refused) === 0) return null;
  return (
    <>
      <ul className={styles.notes}>
        {archived > 0 && <li className={styles.bad}>{t('archived', { ...number(archived), bytes: formatBytes(archivedBytes) })}</li>}
        {refused > 0 && <li className={styles.bad}>{t('refused', { ...number(refused), why: error?.message ?? '' })}</li>}
        {links > 0 && <li>{t('links', number(links))}</li>}
        {renamed > 0 && (
          <li>
            {t('renamed', number(renamed))}{' '}
            {examples.slice(0, 3).map(({ key, path }) => (
              <span key={key} className={`mono ${styles.example}`}>
                {visibleName(key)} → {path}
              </span>
            ))}
          </li>
        )}
      </ul>
      {filesFailed + links > 0 && (
        <button type="button" className={styles.link} onClick={() => setFiles(true)}>
          {t('showFiles')}
        </button>
      )}
      {files && <TransferFiles transfer={transfer} onClose={() => setFiles(false)} />}
    </>
  );
}
