import { IconArrowBackUp, IconArrowBackUpDouble, IconBolt, IconArrowDown, IconArrowUp, IconCopy, IconDownload, IconFileExport, IconStack2, IconSnowflakeOff, IconFileSearch, IconFolderSearch, IconListDetails, IconPlayerPause, IconPlayerPlay, IconQuestionMark, IconRefresh, IconRefreshDot, IconTrash, IconTrashX, IconPencil, IconUpload, IconX, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useConnections } from '../../app/connectionContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { ConnectionDot } from '../../ui/ConnectionDot.tsx';
import { formatBytes, formatNumber, formatSpeed } from '../../ui/format.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TransferFiles } from './TransferFiles.tsx';
import { asksSomething, canPause, hasEnded, inWords, nameOf, progressOf } from './transferState.ts';
import styles from './TransfersPanel.module.css';
import { canUndo, undoLabel, useUndo } from '../versions/useUndo.ts';
import { canReorder, DRAGGED, type Reorder } from './useReorder.ts';
import { useReviews } from './reviews.ts';
import { useChooseAgain } from './useChooseAgain.ts';

const kinds: Record<Transfer['kind'], Icon> = { upload: IconUpload, browserUpload: IconUpload, download: IconDownload, delete: IconTrash, copy: IconCopy, move: IconFileExport, sync: IconRefreshDot, storageClass: IconStack2, restore: IconSnowflakeOff, edit: IconPencil, undo: IconArrowBackUp, empty: IconTrashX };
/** Kinds that move no bytes of ours: what they did is counted in objects. */
const counted: Partial<Record<Transfer['kind'], string>> = { delete: 'deleted', storageClass: 'classChanged', restore: 'restoreAsked', edit: 'edited', undo: 'undone', empty: 'emptied' };

/** What stands at the right of the bar: speed, or how it ended and why. */
function Verdict({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('transfers');
  const { t: copying } = useTranslation('copying');
  const { state, error, speed, bytesDone, filesDone, filesFailed, kind } = transfer;
  if (state === 'needsAnswer' && transfer.proposed) return <span className={styles.quiet}>{t('waitsForStart', { bytes: formatBytes(transfer.bytesTotal) })}</span>;
  if (state === 'needsAnswer') return <span className={styles.quiet}>{copying('waits', { count: transfer.conflicts ?? 0, formatted: formatNumber(transfer.conflicts ?? 0) })}</span>;
  if (error && (state === 'failed' || filesFailed > 0)) {
    const said = error.code === 'AccessDenied' && error.action ? t('denied', { action: error.action, resource: error.resource ?? '' }) : error.message;
    return (
      <span className={`${styles.error} ellipsis`} title={[error.message, error.detail, error.requestId].filter(Boolean).join('\n')}>
        {filesFailed > 1 ? `${t('filesFailed', { count: filesFailed, formatted: formatNumber(filesFailed) })} · ${said}` : said}
      </span>
    );
  }
  const inObjects = counted[kind] && t(counted[kind], { count: filesDone, formatted: formatNumber(filesDone) });
  const left = transfer.secondsLeft === null ? null : inWords(transfer.secondsLeft);
  if (transfer.waitsFor && state !== 'paused') return <span className={`${styles.quiet} ellipsis`} title={[transfer.waitsFor.message, transfer.waitsFor.detail].filter(Boolean).join('\n')}>{t('waitsFor', { why: transfer.waitsFor.message })}</span>;
  if (transfer.rolledBack && state === 'cancelled') {
    const lost = transfer.overwrittenForGood ?? 0;
    const said = lost > 0 ? copying('rolledBackBut', { count: lost, formatted: formatNumber(lost) }) : copying('rolledBack');
    return <span className={`${styles.quiet} ellipsis`} title={said}>{said}</span>;
  }
  if (state === 'running' && transfer.phase === 'deleting') return <span className={styles.quiet}>{copying('deleting')}</span>;
  if (state === 'running') return <span className="numeric">{inObjects ?? [formatSpeed(speed), left && t(`left.${left.unit}`, { count: left.count })].filter(Boolean).join(' · ')}</span>;
  const skipped = transfer.filesSkipped ? copying('skipped', { count: transfer.filesSkipped, formatted: formatNumber(transfer.filesSkipped) }) : undefined;
  const replaced = transfer.replaced && kind !== 'edit' ? t('replaced', { count: transfer.replaced, formatted: formatNumber(transfer.replaced) }) : undefined;
  if (state === 'done') return <span className={`${styles.done} ellipsis`}>{[inObjects ?? (filesDone > 0 || !skipped ? t('doneBytes', { bytes: formatBytes(bytesDone) }) : t('state.done')), skipped, replaced].filter(Boolean).join(' · ')}</span>;
  return <span className={styles.quiet}>{t(`state.${state}`)}</span>;
}

interface Props {
  transfer: Transfer;
  /** px from the top of the list. */
  top: number;
  /** From 1. */
  position: number;
  of: number;
  reorder: Reorder;
}

export function TransferRow({ transfer, top, position, of, reorder }: Props) {
  const { t } = useTranslation('transfers');
  const client = useClient();
  const messages = useMessages();
  const { t: copying } = useTranslation('copying');
  const confirm = useConfirm();
  const chooseAgain = useChooseAgain();
  const undo = useUndo();
  const { review } = useReviews();
  const [files, setFiles] = useState(false);
  const waits = canReorder(transfer);
  const { list, current } = useConnections();
  const { id, kind, source, target, state, filesTotal, filesDone, filesFailed, connectionId, fromConnectionId, error } = transfer;
  const KindIcon = kinds[kind];
  const connection = list.find((one) => one.id === connectionId);
  const progress = progressOf(transfer);
  const act = (call: (input: { id: string }) => Promise<unknown>) => () => void call({ id }).catch(messages.error);
  const rollBack = async () => {
    const lost = transfer.overwrittenForGood ?? 0;
    const rollBackText = [copying('rollBackText'), lost > 0 && copying('forGood', { count: lost, formatted: formatNumber(lost) })].filter(Boolean).join(' ');
    const yes = await confirm({ title: copying('rollBackTitle', { target }), body: rollBackText, action: copying('rollBack'), danger: true, ...(connection ? { connection } : {}) });
    if (yes) act(client.transfers.rollBack)();
  };
  const across = kind === 'undo' ? undefined : list.find((one) => one.id === fromConnectionId);
  const what = across && connection ? `${across.name}: ${source} → ${connection.name}: ${target}` : nameOf(transfer);
  return (
    <li
      className={styles.row}
      data-state={state}
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={position}
      aria-setsize={of}
      draggable={waits}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, id)}
      onDragOver={(event) => waits && event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={(event) => reorder.drop(event.dataTransfer.getData(DRAGGED), transfer)}
      onDoubleClick={() => setFiles(true)}
    >
      <KindIcon size={16} stroke={1.7} role="img" aria-label={t(`kind.${kind}`)} />
      <span className={styles.what} title={what}>
        {connection && across ? (
          <>
            <ConnectionDot colour={across.colour} />
            <span className="ellipsis">{source}</span>→
            <ConnectionDot colour={connection.colour} />
            <span className="ellipsis">{target}</span>
          </>
        ) : (
          <>
            {connection && connection.id !== current.id && <ConnectionDot colour={connection.colour} />}
            <span className="ellipsis">{what}</span>
          </>
        )}
        {filesTotal > 1 && <span className={styles.quiet}>{t(kind === 'empty' ? 'entriesOf' : 'filesOf', { done: formatNumber(filesDone), count: filesTotal, all: formatNumber(filesTotal) })}</span>}
      </span>
      <span
        role="progressbar"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={progress === null ? undefined : Math.round(progress * 100)}
        className={`${styles.bar} ${progress === null && state === 'scanning' ? styles.unknown : ''}`}
      >
        <span style={{ transform: `scaleX(${progress ?? 0})` }} />
      </span>
      <Verdict transfer={transfer} />
      <span className={styles.actions}>
        {state === 'needsFile' && (
          <IconButton label={t('chooseAgain')} onClick={() => chooseAgain(transfer)}>
            {filesTotal > 1 ? <IconFolderSearch size={15} /> : <IconFileSearch size={15} />}
          </IconButton>
        )}
        {waits && reorder.canRaise(transfer) && (
          <IconButton label={t('moveUp')} onClick={() => reorder.raise(transfer)}>
            <IconArrowUp size={15} />
          </IconButton>
        )}
        {waits && reorder.canLower(transfer) && (
          <IconButton label={t('moveDown')} onClick={() => reorder.lower(transfer)}>
            <IconArrowDown size={15} />
          </IconButton>
        )}
        {(kind === 'empty' ? filesFailed > 0 : filesTotal > 0 && kind !== 'delete') && (
          <IconButton label={t('showFiles')} onClick={() => setFiles(true)}>
            <IconListDetails size={15} />
          </IconButton>
        )}
        {asksSomething(transfer) && (
          <IconButton label={copying('answer')} onClick={() => review(id)}>
            <IconQuestionMark size={15} />
          </IconButton>
        )}
        {transfer.canRollBack && (state === 'done' || state === 'failed' || state === 'cancelled' || state === 'paused') && (
          <IconButton label={copying('rollBack')} onClick={() => void rollBack()}>
            <IconArrowBackUpDouble size={15} />
          </IconButton>
        )}
        {transfer.waitsFor && (
          <IconButton label={t('tryNow')} onClick={act(client.transfers.tryNow)}>
            <IconBolt size={15} />
          </IconButton>
        )}
        {canPause(transfer) && (
          <IconButton label={t('pause')} onClick={act(client.transfers.pause)}>
            <IconPlayerPause size={15} />
          </IconButton>
        )}
        {state === 'paused' && (
          <IconButton label={t('resume')} onClick={act(client.transfers.resume)}>
            <IconPlayerPlay size={15} />
          </IconButton>
        )}
        {canUndo(transfer) && (
          <IconButton label={undoLabel(t, transfer, connection?.readOnly)} disabled={connection?.readOnly} onClick={() => undo(transfer)}>
            <IconArrowBackUp size={15} />
          </IconButton>
        )}
        {(state === 'failed' || state === 'cancelled' || (hasEnded(transfer) && error)) && (
          <IconButton label={t('retry')} onClick={act(client.transfers.retry)}>
            <IconRefresh size={15} />
          </IconButton>
        )}
        {!hasEnded(transfer) && (
          <IconButton label={t('cancel')} onClick={act(client.transfers.cancel)}>
            <IconX size={15} />
          </IconButton>
        )}
      </span>
      {files && <TransferFiles transfer={transfer} onClose={() => setFiles(false)} />}
    </li>
  );
}
