import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useClient } from '../../../app/clientContext.tsx';
import { duckdbKeywords } from '../../../editor/completion/keywords.ts';
import type { CompletionSource } from '../../../editor/completion/provider.ts';
import type { FunctionDoc } from '../../../editor/completion/suggestions.ts';
import type { DeskTables } from './useDesk.ts';

/** What an editor of DuckDB's SQL completes from: the files of this desk, results by their names, and DuckDB's own functions. */
export function useDeskCompletion(tables: DeskTables | undefined, enabled: boolean): CompletionSource {
  const client = useClient();
  const { data: functions } = useQuery({ queryKey: ['desk', 'functions'], queryFn: () => client.desk.functions(), enabled, staleTime: Infinity });
  const latest = useRef<{ tables: DeskTables | undefined; functions: FunctionDoc[] }>({ tables, functions: [] });
  useEffect(() => {
    latest.current = { tables, functions: functions ?? [] };
  }, [tables, functions]);
  return useMemo<CompletionSource>(
    () => ({
      names() {
        const { files = [], results = [] } = latest.current.tables ?? {};
        return {
          databases: [
            { name: 'files', tables: files.map(({ name, columns = [] }) => ({ name, columns })) },
            { name: 'results', tables: results.map(({ name, columns }) => ({ name, columns })) },
          ],
        };
      },
      database: () => 'files',
      functions: () => latest.current.functions,
      keywords: duckdbKeywords,
      wantColumns: () => undefined,
      whenKnown: () => Promise.resolve(),
      partitionValues: () => [],
    }),
    [],
  );
}
