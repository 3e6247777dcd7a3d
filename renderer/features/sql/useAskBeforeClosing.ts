import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { guardTab } from '../../app/closeGuards.ts';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useSettings } from '../../app/settings.tsx';
import { useConfirm } from '../../ui/confirm.tsx';

/** While a tab runs a query, closing it asks first (settings: askBeforeClosingRunning); closing stops the query. */
export function useAskBeforeClosing(tabId: string, busy: boolean): void {
  const { t } = useTranslation('sql');
  const confirm = useConfirm();
  const connection = useCurrentConnection();
  const { settings } = useSettings();
  const ask = busy && settings?.askBeforeClosingRunning !== false;
  useEffect(() => {
    if (!ask) return;
    return guardTab(tabId, () => confirm({ title: t('closing.title'), body: t('closing.text'), action: t('closing.confirm'), danger: true, connection }));
  }, [ask, tabId, confirm, connection, t]);
}
