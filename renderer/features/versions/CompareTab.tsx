import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCommands } from '../../app/commands.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { s3Uri } from '../../app/openTabs.ts';
import { useTheme } from '../../app/themeStore.ts';
import type { Tab } from '../../app/workspace.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import { Toolbar, ToolbarSpace, ToolButton } from '../../ui/Toolbar.tsx';
import { visibleName } from '../objects/listingView.ts';
import { comparedFields } from './comparison.ts';
import { ComparedFields } from './ComparedFields.tsx';
import styles from './compare.module.css';
import { useComparedContent, type ComparedContent } from './useComparedContent.ts';
import { useOpenVersions } from './useOpenVersions.ts';

const TextDifference = lazy(() => import('../../editor/TextDifference.tsx'));
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Two versions of an object: what S3 says of each, and what is in them. */
export default function CompareTab({ tab }: { tab: Tab }) {
  const { t } = useTranslation('versions');
  const client = useClient();
  const { id: connectionId } = useCurrentConnection();
  const openVersions = useOpenVersions();
  const at = { connectionId, bucket: text(tab.params.bucket), key: text(tab.params.key) };
  const { before, after } = { before: text(tab.params.before), after: text(tab.params.after) };
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['compared', at, before, after],
    retry: false,
    queryFn: async ({ signal }) => {
      const [left, right] = await Promise.all([before, after].map((versionId) => client.s3Objects.sheet({ ...at, versionId }, { signal })));
      return { before: left!, after: right! };
    },
  });
  const content = useComparedContent(at, { before, after }, data);
  const showVersions = () => openVersions({ bucket: at.bucket, prefix: at.key.slice(0, at.key.lastIndexOf('/') + 1), key: at.key });
  useCommands([{ id: 'compare.all', title: t(all ? 'compare.differing' : 'compare.all'), group: t('group'), run: () => setAll(!all) }]);
  const fields = data && comparedFields(data.before, data.after);
  const labels = data && { before: t('compare.beforeOf', { date: formatDate(data.before.modified, true) }), after: t('compare.afterOf', { date: formatDate(data.after.modified, true) }) };
  const failure = error ?? content.error;
  return (
    <div className={styles.tab}>
      <Toolbar label={t('compare.title')}>
        <span className="mono ellipsis">{visibleName(s3Uri(at.bucket, at.key))}</span>
        <ToolbarSpace />
        <ToolButton onClick={() => setAll(!all)}>{t(all ? 'compare.differing' : 'compare.all')}</ToolButton>
        <ToolButton icon={<IconHistory size={15} aria-hidden />} onClick={showVersions}>
          {t('openDots')}
        </ToolButton>
      </Toolbar>
      {failure && <ErrorNotice error={toAppError(failure)} onRetry={() => void (error ? refetch() : content.refetch())} />}
      {!data && !error && <EmptyState title={t('compare.reading')} />}
      {fields && labels && <ComparedFields fields={all ? fields : fields.filter((field) => field.before !== field.after)} labels={labels} />}
      {labels && content.data && <Content content={content.data} labels={labels} />}
      {labels && !content.data && !content.error && <p className={styles.said}>{t('compare.reading')}</p>}
    </div>
  );
}

function Content({ content, labels }: { content: ComparedContent; labels: { before: string; after: string } }) {
  const { t } = useTranslation('versions');
  const theme = useTheme();
  if (content.kind === 'same') return <p className={styles.said}>{t('compare.same')}</p>;
  if (content.kind === 'none') return <p className={styles.said}>{t(`compare.${content.why}`)}</p>;
  if (content.kind === 'images') {
    return (
      <div className={styles.images}>
        {(['before', 'after'] as const).map((side) => (
          <figure key={side}>
            <figcaption>{labels[side]}</figcaption>
            <img src={content[side]} alt={labels[side]} />
          </figure>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.texts} role="region" aria-label={t('compare.content')}>
      <Suspense fallback={null}>
        <TextDifference before={content.before} after={content.after} beforeLabel={labels.before} afterLabel={labels.after} theme={theme} />
      </Suspense>
    </div>
  );
}
