import { useCallback, useState } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { AppError } from '../../../shared/errors.ts';
import { followRun } from '../sql/followRun.ts';
import { catalogChanged } from './catalogChanges.ts';

export type CreateState = { step: 'editing' } | { step: 'creating' | 'partitions' } | { step: 'failed'; error: AppError };

interface Statement {
  connectionId: string;
  ddl: string;
  /** `db.table` as MSCK REPAIR TABLE takes it, where there are partitions to find. */
  repair: string | undefined;
  outputLocation: string | undefined;
}

/** Runs the statement like any other, then finds the partitions that lie below the location. */
export function useCreateTable(): { state: CreateState; create(statement: Statement): Promise<boolean> } {
  const client = useClient();
  const [state, setState] = useState<CreateState>({ step: 'editing' });
  const create = useCallback(
    async ({ connectionId, ddl, repair, outputLocation }: Statement) => {
      const runToEnd = async (sql: string) => {
        const started = await client.runs.start({ connectionId, sql, outputLocation, clientToken: crypto.randomUUID() });
        const run = await followRun(client, started, () => undefined, new AbortController().signal);
        if (run.state === 'failed' && run.error) throw AppError.fromData(run.error);
        if (run.state !== 'succeeded') throw new AppError('Cancelled', 'The statement was stopped.', { retryable: true });
      };
      try {
        setState({ step: 'creating' });
        await runToEnd(ddl);
        if (repair) {
          setState({ step: 'partitions' });
          await runToEnd(`MSCK REPAIR TABLE ${repair}`);
        }
        catalogChanged(connectionId);
        setState({ step: 'editing' });
        return true;
      } catch (error) {
        // The table itself may be there when only its partitions failed.
        catalogChanged(connectionId);
        setState({ step: 'failed', error: toAppError(error) });
        return false;
      }
    },
    [client],
  );
  return { state, create };
}
