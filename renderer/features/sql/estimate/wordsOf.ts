import type { TFunction } from 'i18next';
import type { Estimate, EstimatedRead } from '../../../../shared/contract/estimates.ts';
import { formatBytes, formatNumber } from '../../../ui/format.ts';

/** `more than 13.4 MB`, `13.4 MB`, or why it is unknown. */
export function bytesText(t: TFunction<'estimate'>, { bytes, complete, unknown, detail }: Pick<EstimatedRead, 'bytes' | 'complete' | 'unknown' | 'detail'>): string {
  if (unknown) return t(`unknown.${unknown}`, { detail: detail ?? '' });
  const size = formatBytes(bytes ?? 0);
  return complete ? size : t('moreThan', { bytes: size });
}

/** What of a table is read: its partitions, its objects, columns alone. */
export function readText(t: TFunction<'estimate'>, read: EstimatedRead): string {
  if (read.unknown) return '';
  const parts: string[] = [];
  if (read.partitions !== undefined) parts.push(t(read.unfiltered ? 'allPartitions' : 'partitions', { count: read.partitions, shown: formatNumber(read.partitions) }));
  parts.push(t('objects', { count: read.objects, shown: formatNumber(read.objects) }));
  if (read.columnsCounted !== undefined) parts.push(t('columns', { count: read.columnsCounted }));
  return parts.join(' · ');
}

export const nameOf = ({ database, table, view }: EstimatedRead): string => (view ? `${database}.${table} (${view})` : `${database}.${table}`);

/** Tables whose partitions nothing limits, each once. */
export const unfilteredTables = ({ reads }: Estimate): EstimatedRead[] =>
  reads.filter((read, at) => read.unfiltered && reads.findIndex((one) => one.unfiltered && nameOf(one) === nameOf(read)) === at);
