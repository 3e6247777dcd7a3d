import { Modal, NumberInput, Select, SegmentedControl, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/workspace.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useSettings } from '../../app/settings.tsx';
import { allowSystemNotices, systemNotices } from '../../app/systemNotice.ts';
import { Facts } from '../../ui/Facts.tsx';
import { conflictPolicies } from '../transfers/conflictChoices.ts';
import styles from './settings.module.css';

const GB = 1024 ** 3;

/** Theme, language, how much of the disk results may take, and how uploads and downloads begin. Every change holds at once. */
export default function SettingsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('settings');
  const { t: copying } = useTranslation('copying');
  const client = useClient();
  const { settings, change } = useSettings();
  const info = useQuery({ queryKey: ['info'], queryFn: () => client.app.info(), staleTime: Infinity });
  const [notices, setNotices] = useState(systemNotices);
  const notify = async (wanted: boolean) => {
    const allowed = wanted && (await allowSystemNotices());
    setNotices(systemNotices());
    change({ notifyLongRuns: allowed });
  };
  return (
    <Modal opened onClose={onClose} title={t('title')} size="md" closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      {settings && (
        <div className={styles.form}>
          <div>
            <div className={styles.label} id="settings-theme">
              {t('theme')}
            </div>
            <SegmentedControl
              aria-labelledby="settings-theme"
              size="xs"
              fullWidth
              value={settings.theme}
              onChange={(theme) => change({ theme: theme as Settings['theme'] })}
              data={(['system', 'dark', 'light'] as const).map((value) => ({ value, label: t(`themes.${value}`) }))}
            />
          </div>
          <Select
            label={t('language')}
            allowDeselect={false}
            value={settings.language}
            onChange={(language) => language && change({ language: language as Settings['language'] })}
            data={[
              { value: 'system', label: t('languages.system') },
              { value: 'en', label: 'English' },
              { value: 'ko', label: '한국어' },
            ]}
          />
          <NumberInput
            size="xs"
            label={t('resultsBudget')}
            description={t('resultsBudgetText')}
            min={1}
            max={1000}
            allowDecimal={false}
            value={Math.round(settings.resultsBudget / GB)}
            onBlur={(event) => {
              const wanted = Number(event.currentTarget.value.replace(/\D/g, ''));
              if (wanted >= 1) change({ resultsBudget: wanted * GB });
            }}
            suffix=" GB"
          />
          <NumberInput
            size="xs"
            label={t('askAbove')}
            description={t('askAboveText')}
            min={0}
            decimalScale={3}
            defaultValue={settings.askAboveBytes / GB}
            onBlur={(event) => {
              const wanted = Number(event.currentTarget.value.replace(/[^\d.]/g, ''));
              if (Number.isFinite(wanted)) change({ askAboveBytes: Math.round(wanted * GB) });
            }}
            suffix=" GB"
          />
          <Select
            label={t('conflictPolicy')}
            allowDeselect={false}
            value={settings.conflictPolicy}
            onChange={(policy) => policy && change({ conflictPolicy: policy as Settings['conflictPolicy'] })}
            data={conflictPolicies(copying)}
          />
          <Switch checked={settings.uploadHidden} onChange={(event) => change({ uploadHidden: event.currentTarget.checked })} label={t('uploadHidden')} />
          <Switch checked={settings.askBeforeClosingRunning} onChange={(event) => change({ askBeforeClosingRunning: event.currentTarget.checked })} label={t('askBeforeClosing')} />
          <Switch
            checked={settings.notifyLongRuns && notices === 'yes'}
            disabled={notices === 'never'}
            description={notices === 'never' ? t('notifyRefused') : undefined}
            onChange={(event) => void notify(event.currentTarget.checked)}
            label={t('notifyLongRuns')}
          />
        </div>
      )}
      {info.data && (
        <div className={styles.about}>
          <Facts
            title="Secchi"
            facts={[
              [t('version'), info.data.version],
              [t('dataDir'), info.data.dataDir],
              [t('host'), t(`hosts.${info.data.host}`)],
            ]}
          />
        </div>
      )}
    </Modal>
  );
}
