import { Button, Checkbox, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictPolicy } from '../../../shared/contract/conflicts.ts';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useSettings } from '../../app/settings.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { conflictChoices, conflictPolicies, type Choice } from './conflictChoices.ts';
import { ConflictTable } from './ConflictTable.tsx';
import styles from './ReviewTransfer.module.css';
import { OverwriteNote } from './OverwriteNote.tsx';
import { ReviewNotes } from './ReviewNotes.tsx';
import { kindOf } from './transferState.ts';
import { transferWatch } from './useTransfers.ts';

/** How many of the files that are there already stay as they are; where that depends on each, none is counted. */
function leftAlone(all: ConflictPolicy, conflicts: number, some: ReadonlyMap<number, Choice>): number {
  const skipped = [...some.values()].filter((choice) => choice === 'skip').length;
  return all === 'skip' ? conflicts - (some.size - skipped) : skipped;
}

/**
 * What a transfer would do, before it moves anything: from where to where, how many files and bytes (counted while one
 * looks), what is worth knowing of them, and what is at the target already. Enter starts it, Escape leaves it.
 */
export default function ReviewTransfer({ transfer, onClose }: { transfer: Transfer; onClose(): void }) {
  const { t } = useTranslation('review');
  const { t: copying } = useTranslation('copying');
  const client = useClient();
  const { list: connections } = useConnections();
  const { settings, change } = useSettings();
  const { id, source, target, conflicts = 0, proposed = false, survey = {}, filesTotal, filesFailed, bytesTotal, state } = transfer;
  const kind = kindOf(transfer);
  const counting = state !== 'needsAnswer';
  const connection = connections.find((one) => one.id === transfer.connectionId);
  const [chosen, setChosen] = useState<ConflictPolicy>();
  const [some, setSome] = useState<ReadonlyMap<number, Choice>>(new Map());
  const [takesHidden, setTakesHidden] = useState<boolean>();
  const [failure, setFailure] = useState<unknown>(null);

  const hidden = takesHidden ?? settings?.uploadHidden ?? true;
  const usual = proposed ? (settings?.conflictPolicy ?? 'ask') : 'ask';
  const asked = chosen ?? usual;
  // Once everything is counted, to be asked is what happens here.
  const all: ConflictPolicy = counting || asked !== 'ask' || conflicts === 0 ? asked : 'skip';
  const leaves = hidden ? { files: 0, bytes: 0 } : { files: survey.hidden ?? 0, bytes: survey.hiddenBytes ?? 0 };
  const folders = survey.folders ?? 0;
  const files = Math.max(0, filesTotal - folders - leaves.files);
  const bytes = Math.max(0, bytesTotal - leaves.bytes);
  const missing = survey.free === undefined ? 0 : bytes - (survey.archivedBytes ?? 0) - survey.free;

  const start = () => {
    if (survey.hidden && settings && hidden !== settings.uploadHidden) change({ uploadHidden: hidden });
    return client.transfers.answer({ id, all, some: [...some].map(([index, choice]) => ({ index, choice })), hidden }).then(() => setSome(new Map()), setFailure);
  };
  const leave = () => {
    onClose();
    if (!proposed) return;
    // Nothing was begun: nothing of it stays.
    client.transfers.cancel({ id }).then(() => transferWatch(client).forget((other) => other.id === id), () => undefined);
  };
  const counted = { count: files, files: formatNumber(files), bytes: formatBytes(bytes) };
  const moved = Math.max(0, files - filesFailed - leftAlone(all, conflicts, some));
  const overwrites = (counting || conflicts > 0) && [all, ...some.values()].some((choice) => choice === 'overwrite' || choice === 'newer');
  const title = proposed ? t(`title.${kind}`) : copying('conflictsTitle', { count: conflicts, formatted: formatNumber(conflicts), target });
  return (
    <Modal opened onClose={leave} size={conflicts > 0 ? '64rem' : '40rem'} title={title} closeButtonProps={{ 'aria-label': t('close', { ns: 'window' }) }}>
      <dl className={styles.facts}>
        <dt>{t('from')}</dt>
        <dd className="mono ellipsis" title={source}>
          {source}
        </dd>
        <dt>{t('to')}</dt>
        <dd className="mono ellipsis" title={target}>
          {target}
        </dd>
        {connection && (
          <>
            <dt>{t('connection')}</dt>
            <dd className={styles.connection}>
              <ConnectionDot colour={connection.colour} /> {connection.name} <span className={styles.quiet}>{connection.region}</span>
            </dd>
          </>
        )}
        <dt>{t('what')}</dt>
        <dd>
          <span className={styles.count} role="status" aria-label={t('what')} data-counting={counting || undefined}>
            {t(counting ? 'soFar' : 'counted', counted)}
            {folders > 0 && ` · ${t('folders', { count: folders, folders: formatNumber(folders) })}`}
          </span>
        </dd>
        {survey.free !== undefined && (
          <>
            <dt>{t('free')}</dt>
            <dd className={missing > 0 ? styles.bad : undefined}>{missing > 0 ? t('missing', { free: formatBytes(survey.free), missing: formatBytes(missing) }) : formatBytes(survey.free)}</dd>
          </>
        )}
      </dl>
      {counting && <div className={styles.working} aria-hidden />}
      <ReviewNotes transfer={transfer} />
      {proposed && Boolean(survey.hidden) && (
        <Checkbox
          size="sm"
          mt={8}
          checked={hidden}
          onChange={(event) => setTakesHidden(event.currentTarget.checked)}
          label={t('hidden', { count: survey.hidden, files: formatNumber(survey.hidden ?? 0), bytes: formatBytes(survey.hiddenBytes ?? 0) })}
        />
      )}
      {(counting || conflicts > 0) && (
        <Select
          size="xs"
          mt={10}
          maw={340}
          label={conflicts > 0 ? t('thereAlready', { count: conflicts, files: formatNumber(conflicts) }) : t('ifThere')}
          data={counting ? conflictPolicies(copying) : conflictChoices(copying)}
          value={all}
          allowDeselect={false}
          onChange={(value) => setChosen(value as ConflictPolicy)}
        />
      )}
      {!counting && conflicts === 0 && proposed && <p className={styles.quiet}>{t(survey.unlisted ? 'unlisted' : 'nothingThere')}</p>}
      {!counting && conflicts > 0 && <ConflictTable id={id} count={conflicts} all={all as Choice} some={some} onChoose={(index, choice) => setSome(new Map(some).set(index, choice))} />}
      {overwrites && <OverwriteNote connectionId={transfer.connectionId} target={target} />}
      {failure !== null && <ErrorNotice error={toAppError(failure)} />}
      <Group justify="flex-end" gap={8} mt={14}>
        <Button variant="default" onClick={leave}>
          {proposed ? t('cancel', { ns: 'window' }) : copying('later')}
        </Button>
        <Button onClick={() => void start()} disabled={missing > 0} title={missing > 0 ? t('noRoom') : undefined} data-autofocus>
          {!proposed ? copying('goOn') : counting ? t('startWhenCounted') : moved === 0 && conflicts > 0 ? t('startNone') : t(all === 'newer' && conflicts > 0 ? `title.${kind}` : `start.${kind}`, { count: moved, files: formatNumber(moved) })}
        </Button>
      </Group>
    </Modal>
  );
}
