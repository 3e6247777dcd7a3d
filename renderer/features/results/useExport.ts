import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useMessages } from '../../app/messages.tsx';
import { AppError } from '../../../shared/errors.ts';
import type { ExportJob } from '../../../shared/contract/results.ts';
import { formatNumber } from '../../ui/format.ts';
import { exportFileName } from './exportFileName.ts';

export type ExportFormat = ExportJob['format'];

/** Hands a finished export to the browser's own downloads. */
function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

interface Options {
  runId: string;
  viewId: string | undefined;
  name: string;
}

/** Writes a finished result to a file: the OS's save dialog in Electron, the browser's downloads elsewhere. */
export function useExport({ runId, viewId, name }: Options) {
  const client = useClient();
  const messages = useMessages();
  const { t } = useTranslation('results');
  const { data: info } = useQuery({ queryKey: ['app', 'info'], queryFn: () => client.app.info(), staleTime: Infinity });
  const [job, setJob] = useState<ExportJob | null>(null);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const follow = useCallback(
    async (format: ExportFormat, escapeFormulas: boolean) => {
      const fileName = exportFileName(name, format);
      const electron = info?.host === 'electron';
      const chosen = electron ? await client.app.choose({ what: 'saveFile', suggestedName: fileName }) : null;
      if (electron && !chosen?.[0]) return;
      const destination = chosen?.[0] ? ({ kind: 'path', grant: chosen[0].grant } as const) : ({ kind: 'browser', fileName } as const);
      let last = await client.results.export({ runId, viewId, format, destination, escapeFormulas });
      setJob(last);
      stop.current = new AbortController();
      for await (const update of await client.results.watchExport({ id: last.id }, { signal: stop.current.signal })) {
        last = update;
        setJob(update);
      }
      if (last.state === 'failed') throw AppError.fromData(last.error ?? { code: 'Internal', message: t('export.failed'), retryable: true });
      if (last.state !== 'succeeded') return;
      if (last.downloadUrl) download(last.downloadUrl, fileName);
      messages.notify(t('export.done', { rows: formatNumber(last.rowsWritten), target: last.target }), 'success');
    },
    [client, messages, t, info, name, runId, viewId],
  );

  const start = useCallback(
    (format: ExportFormat, escapeFormulas: boolean) => {
      follow(format, escapeFormulas)
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
