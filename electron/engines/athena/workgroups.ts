import { GetWorkGroupCommand, ListWorkGroupsCommand, type WorkGroup, type WorkGroupSummary } from '@aws-sdk/client-athena';
import type { Workgroup } from '../../../shared/contract/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';

/** Spark workgroups run notebooks, not SQL: their engine is `PySpark engine version 3` or `Apache Spark version 3.5`. */
const isSpark = (engine: string | undefined): boolean => /spark/i.test(engine ?? '');

function toWorkgroup(summary: WorkGroupSummary, details: WorkGroup | undefined): Workgroup {
  const configuration = details?.Configuration;
  return {
    name: summary.Name ?? '',
    state: summary.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    engineVersion: summary.EngineVersion?.EffectiveEngineVersion ?? summary.EngineVersion?.SelectedEngineVersion,
    outputLocation: configuration?.ResultConfiguration?.OutputLocation || undefined,
    enforced: configuration?.EnforceWorkGroupConfiguration ?? false,
    bytesCutoff: configuration?.BytesScannedCutoffPerQuery,
    description: summary.Description || undefined,
  };
}

/** All SQL workgroups of a connection. One whose details are denied is listed without them. */
export async function listWorkgroups(aws: AwsConnections, connectionId: string, signal?: AbortSignal): Promise<Workgroup[]> {
  const summaries: WorkGroupSummary[] = [];
  let token: string | undefined;
  do {
    const about = { connectionId, action: 'athena:ListWorkGroups', resource: 'workgroups' };
    const page = await aws.attempt(about, ({ athena }) => athena.send(new ListWorkGroupsCommand({ NextToken: token, MaxResults: 50 }), { abortSignal: signal }));
    summaries.push(...(page.WorkGroups ?? []));
    token = page.NextToken;
  } while (token);

  const sql = summaries.filter((summary) => !isSpark(summary.EngineVersion?.EffectiveEngineVersion ?? summary.EngineVersion?.SelectedEngineVersion));
  return Promise.all(
    sql.map(async (summary) => {
      const about = { connectionId, action: 'athena:GetWorkGroup', resource: `workgroup ${summary.Name}` };
      try {
        const details = await aws.attempt(about, ({ athena }) => athena.send(new GetWorkGroupCommand({ WorkGroup: summary.Name }), { abortSignal: signal }));
        return toWorkgroup(summary, details.WorkGroup);
      } catch (error) {
        if (error instanceof AppError && error.code === 'AccessDenied') return toWorkgroup(summary, undefined);
        throw error;
      }
    }),
  );
}
