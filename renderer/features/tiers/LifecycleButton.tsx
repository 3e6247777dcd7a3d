import { useTranslation } from 'react-i18next';
import type { TargetClass } from '../../../shared/prices/storageClasses.ts';
import { useMessages } from '../../app/messages.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { lifecycleRule } from './lifecycleRule.ts';

interface Props {
  bucket: string;
  prefix: string;
  days: number;
  minSize: number;
  to: TargetClass;
}

/** The rule that would do it, as JSON for the bucket's lifecycle configuration. */
export function LifecycleButton({ prefix, days, minSize, to }: Props) {
  const { t } = useTranslation('tiers');
  const messages = useMessages();
  const copy = () => {
    void copyText(JSON.stringify({ Rules: [lifecycleRule({ prefix, days, minSize, to })] }, null, 2));
    messages.notify(t('ruleCopied'), 'success');
  };
  return (
    <ToolButton primary onClick={copy}>
      {t('copyRule')}
    </ToolButton>
  );
}
