import type { SyncWarning } from '../../../shared/contract/sync.ts';
import type { PlanRecord } from './types.ts';

/** Counts what the user is to know before starting. */
export class Warnings {
  constructor(private readonly record: Pick<PlanRecord, 'warnings'>) {}

  add(code: SyncWarning['code'], example: string): void {
    const known = this.record.warnings.find((warning) => warning.code === code);
    if (known) known.count += 1;
    else this.record.warnings.push({ code, count: 1, example });
  }
}
