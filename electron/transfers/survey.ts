import type { Survey } from '../../shared/contract/transfers.ts';
import type { TransferRecord } from './records.ts';

/** Examples of names that are written differently. */
const EXAMPLES = 5;

/** Adds to what the plan of a transfer came upon: numbers are summed, the first few examples kept. */
export function note(record: TransferRecord, found: Survey): void {
  const survey: Record<string, unknown> = (record.survey ??= {});
  for (const [name, value] of Object.entries(found)) {
    const before = survey[name];
    if (name === 'free' || typeof value === 'boolean') survey[name] = value;
    else if (Array.isArray(value)) survey[name] = [...((before as unknown[] | undefined) ?? []), ...(value as unknown[])].slice(0, EXAMPLES);
    else survey[name] = ((before as number | undefined) ?? 0) + (value as number);
  }
}
