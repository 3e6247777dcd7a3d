import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '../../app/messages.tsx';
import { usePrompt } from '../../ui/prompt.tsx';
import { sampleTiles } from './sampleDashboard.ts';
import { useDashboardActions } from './useDashboards.ts';

/** Asks the file to read; nothing happens where none is chosen. */
function chooseText(accept: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.onchange = () => void input.files?.[0]?.text().then(resolve, reject);
    input.click();
  });
}

/** New dashboards: empty, from the sample lake, from a file. */
export function useDashboardPrompts() {
  const { t } = useTranslation('dashboards');
  const prompt = usePrompt();
  const messages = useMessages();
  const { create, importText } = useDashboardActions();
  return useMemo(
    () => ({
      makeNew: () => prompt({ title: t('new'), label: t('name'), action: t('create'), initial: t('untitled'), submit: (name) => create(name.trim() || t('untitled')) }),
      makeSample: () => void create(t('sample.name'), sampleTiles(t)).catch(messages.error),
      importFile: () => void chooseText('.json,application/json').then(importText).catch(messages.error),
    }),
    [prompt, t, create, importText, messages],
  );
}
