import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat, ExportOptions } from '../../../shared/contract/resultExports.ts';
import type { ExportJob } from '../../../shared/contract/results.ts';
import { AppError } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { s3Uri } from '../../app/s3Place.ts';
import { formatNumber } from '../../ui/format.ts';
import { exportFileName } from './exportFileName.ts';

export type { ExportFormat } from '../../../shared/contract/resultExports.ts';

/** Where in S3 an export goes: below a prefix, under a name. */
export interface S3Target {
  connectionId: string;
  bucket: string;
  prefix: string;
  fileName: string;
}

export interface ExportWish {
  viewId: string | undefined;
  format: ExportFormat;
  options?: Partial<ExportOptions>;
  /** Absent: a file of this computer. */
  s3?: S3Target;
}

/** Hands a finished export to the browser's own downloads. */
function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Writes a stored result to a file: the OS's save dialog in Electron, the browser's downloads elsewhere, or S3 through the transfers. */
export function useExport({ runId, name }: { runId: string; name: string }) {
  const client = useClient();
  const messages = useMessages();
  const { t } = useTranslation('results');
  const { data: info } = useQuery({ queryKey: ['app', 'info'], queryFn: () => client.app.info(), staleTime: Infinity });
  const [job, setJob] = useState<ExportJob | null>(null);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const destinationOf = useCallback(
    async ({ format, s3 }: ExportWish) => {
      if (s3) return { kind: 'upload', fileName: s3.fileName } as const;
      const fileName = exportFileName(name, format);
      if (info?.host !== 'electron') return { kind: 'browser', fileName } as const;
      const chosen = await client.app.choose({ what: 'saveFile', suggestedName: fileName });
      return chosen?.[0] ? ({ kind: 'path', grant: chosen[0].grant } as const) : null;
    },
    [client, info, name],
  );

  const follow = useCallback(
    async (wish: ExportWish) => {
      const destination = await destinationOf(wish);
      if (!destination) return;
      let last = await client.results.export({ runId, viewId: wish.viewId, format: wish.format, destination, escapeFormulas: false, ...wish.options });
      setJob(last);
      stop.current = new AbortController();
      for await (const update of await client.results.watchExport({ id: last.id }, { signal: stop.current.signal })) {
        last = update;
        setJob(update);
      }
      if (last.state === 'failed') throw AppError.fromData(last.error ?? { code: 'Internal', message: t('export.failed'), retryable: true });
      if (last.state !== 'succeeded') return;
      const rows = formatNumber(last.rowsWritten);
      if (wish.s3 && last.grant) {
        const { connectionId, bucket, prefix, fileName } = wish.s3;
        await client.transfers.upload({ connectionId, bucket, prefix, grants: [last.grant] });
        messages.notify(t('export.uploading', { rows, target: s3Uri(bucket, `${prefix}${fileName}`) }), 'success');
        return;
      }
      if (last.downloadUrl) download(last.downloadUrl, last.target);
      messages.notify(t('export.done', { rows, target: last.target }), 'success');
    },
    [client, messages, t, runId, destinationOf],
  );

  const start = useCallback(
    (wish: ExportWish) => {
      follow(wish)
        .catch(messages.error)
        .finally(() => setJob(null));
    },
    [follow, messages],
  );
  const cancel = useCallback(() => {
    if (job) client.results.cancelExport({ id: job.id }).catch(messages.error);
  }, [client, messages, job]);
  return { job, start, cancel };
}
