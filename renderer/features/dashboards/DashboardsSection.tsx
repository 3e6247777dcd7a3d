import { IconFileImport, IconLayoutDashboard, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../app/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SideSection } from '../../ui/SideSection.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './dashboards.module.css';
import { useDashboardPrompts } from './useDashboardPrompts.ts';
import { useDashboards, useOpenDashboard } from './useDashboards.ts';

/** The dashboards, in the side bar of Analyse. */
export default function DashboardsSection() {
  const { t } = useTranslation('dashboards');
  const { list, error, retry } = useDashboards();
  const open = useOpenDashboard();
  const { makeNew, makeSample, importFile } = useDashboardPrompts();
  const actions = (
    <>
      <IconButton label={t('import')} onClick={importFile}>
        <IconFileImport size={15} />
      </IconButton>
      <IconButton label={t('new')} onClick={makeNew}>
        <IconPlus size={15} />
      </IconButton>
    </>
  );
  return (
    <SideSection title={t('title')} actions={actions}>
      {error ? <ErrorNotice error={toAppError(error)} onRetry={retry} compact /> : null}
      {list?.length === 0 && (
        <div className={styles.none}>
          {t('none')}
          <ToolButton onClick={makeSample}>{t('makeSample')}</ToolButton>
        </div>
      )}
      <ul className={styles.list}>
        {list?.map((dashboard) => (
          <li key={dashboard.id}>
            <button type="button" className={styles.item} title={dashboard.name} onClick={() => open(dashboard)}>
              <IconLayoutDashboard size={15} stroke={1.7} aria-hidden />
              <span>{dashboard.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </SideSection>
  );
}
