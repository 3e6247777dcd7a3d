import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { useConfirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { Chip, ToolButton } from '../../ui/Toolbar.tsx';
import styles from './bucket.module.css';
import { DeniedHelp } from './DeniedHelp.tsx';
import { NumberField, TextField } from './forms/fields.tsx';
import { useUploads } from './useUploads.ts';

const ROW = 26;
const DAY_MS = 86_400_000;

/** Uploads that were begun and never ended: found, sized, and aborted. */
export function UploadsPart({ bucket }: { bucket: string }) {
  const { t } = useTranslation('bucket');
  const connection = useCurrentConnection();
  const confirm = useConfirm();
  const [prefix, setPrefix] = useState('');
  const [days, setDays] = useState<number | undefined>(7);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { uploads, sizes, state, error, sizing, list, stop, measure, abort } = useUploads(bucket, prefix);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: uploads.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 });
  const free = uploads.filter(({ own }) => !own);
  const picked = free.filter(({ uploadId }) => chosen.has(uploadId));
  const sized = uploads.filter(({ uploadId }) => sizes.get(uploadId));
  const total = sized.reduce((sum, { uploadId }) => sum + (sizes.get(uploadId)?.bytes ?? 0), 0);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const chooseOld = () => {
    const before = Date.now() - (days ?? 0) * DAY_MS;
    setChosen(new Set(free.filter(({ initiated }) => Date.parse(initiated) < before).map(({ uploadId }) => uploadId)));
  };
  const ask = async () => {
    const known = picked.reduce((sum, { uploadId }) => sum + (sizes.get(uploadId)?.bytes ?? 0), 0);
    const yes = await confirm({
      title: t('uploads.abortTitle', { count: picked.length, bucket }),
      body: t('uploads.abortText', { bytes: formatBytes(known) }),
      action: t('uploads.abort', { count: picked.length }),
      danger: true,
      connection,
    });
    if (!yes) return;
    await abort(picked);
    setChosen(new Set());
  };
  const readOnly = connection.readOnly ? t('readOnlyReason') : undefined;
  return (
    <div className={styles.uploads}>
      <div className={styles.row}>
        <TextField label={t('uploads.prefix')} value={prefix} onChange={setPrefix} />
        <ToolButton onClick={state === 'listing' ? stop : list}>{t(state === 'listing' ? 'uploads.stop' : 'uploads.list')}</ToolButton>
        <ToolButton disabled={uploads.length === 0 || sizing} onClick={() => void measure()}>{t(sizing ? 'uploads.sizing' : 'uploads.measure')}</ToolButton>
        <NumberField label={t('uploads.days')} value={days} onChange={setDays} />
        <ToolButton disabled={free.length === 0} onClick={chooseOld}>{t('uploads.chooseOld')}</ToolButton>
        <ToolButton danger disabled={picked.length === 0 || readOnly !== undefined} title={readOnly ?? (picked.length === 0 ? t('uploads.chooseFirst') : undefined)} onClick={() => void ask()}>{picked.length === 0 ? t('uploads.abortNone') : t('uploads.abortDots', { count: picked.length })}</ToolButton>
      </div>
      {error && (
        <>
          <ErrorNotice error={error} onRetry={list} />
          <DeniedHelp error={error} bucket={bucket} />
        </>
      )}
      {uploads.length === 0 && !error && <EmptyState title={t(state === 'listing' ? 'uploads.listing' : 'uploads.none')} text={state === 'listing' ? undefined : t('uploads.noneText')} />}
      {uploads.length > 0 && (
        <>
          <p className={styles.quiet} aria-live="polite">
            {t('uploads.found', { count: uploads.length, n: formatNumber(uploads.length) })}
            {sized.length > 0 && ` · ${t('uploads.bytes', { bytes: formatBytes(total), n: formatNumber(sized.length) })}`}
            {state === 'listing' && ` · ${t('uploads.listing')}`}
          </p>
          <div ref={scroller} className={styles.scroller} role="grid" aria-label={t('part.uploads')} aria-rowcount={uploads.length + 1} tabIndex={0}>
            <div role="row" className={styles.uploadHead}>
              <span role="columnheader" aria-label={t('uploads.chosen')} />
              <span role="columnheader">{t('field.key')}</span>
              <span role="columnheader">{t('uploads.startedBy')}</span>
              <span role="columnheader">{t('uploads.started')}</span>
              <span role="columnheader" className={styles.number}>{t('uploads.sizeHead')}</span>
            </div>
            <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="rowgroup">
              {rows.getVirtualItems().map(({ index, start }) => {
                const upload = uploads[index]!;
                const size = sizes.get(upload.uploadId);
                return (
                  <div key={upload.uploadId} role="row" aria-rowindex={index + 2} className={styles.upload} style={{ transform: `translateY(${start}px)`, height: ROW }}>
                    <span role="gridcell">
                      <input type="checkbox" aria-label={t('uploads.choose', { key: upload.key })} disabled={upload.own} checked={chosen.has(upload.uploadId)} onChange={() => toggle(upload.uploadId)} />
                    </span>
                    <span role="gridcell" className="mono ellipsis" title={upload.key}>{upload.key}</span>
                    <span role="gridcell">{upload.own ? <Chip tone="accent" title={t('uploads.ownText')}>{t('uploads.own')}</Chip> : <span className="ellipsis" title={upload.initiator}>{upload.initiator}</span>}</span>
                    <span role="gridcell">{formatDate(upload.initiated)}</span>
                    <span role="gridcell" className={styles.number}>{size === undefined ? '' : size === null ? '?' : t('uploads.size', { bytes: formatBytes(size.bytes), count: size.parts })}</span>
                  </div>
                );
              })}
            </div>
          </div>
        </>
      )}
    </div>
  );
}
