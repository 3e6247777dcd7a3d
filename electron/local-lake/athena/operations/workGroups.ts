import { z } from 'zod';
import type { AthenaContext } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { parseS3Location } from '../s3Location.ts';
import { executionsOf, namedQueriesOf, preparedStatementsOf } from '../store.ts';
import { ENGINE_VERSION, type WorkGroup, type WorkGroupConfiguration } from '../workGroups.ts';
import { decodeToken, page } from './paging.ts';
import { operation, optional, paged, resultConfiguration, workGroupName, type Operation } from './schemas.ts';

const engineVersion = z.object({ SelectedEngineVersion: optional(z.string()), EffectiveEngineVersion: optional(z.string()) });
const common = {
  EnforceWorkGroupConfiguration: optional(z.boolean()),
  PublishCloudWatchMetricsEnabled: optional(z.boolean()),
  BytesScannedCutoffPerQuery: optional(z.number().int().min(10_000_000)),
  RequesterPaysEnabled: optional(z.boolean()),
  EngineVersion: optional(engineVersion),
};
const configuration = z.object({ ...common, ResultConfiguration: optional(resultConfiguration) });
const updates = z.object({
  ...common,
  ResultConfigurationUpdates: optional(
    resultConfiguration.extend({ RemoveOutputLocation: optional(z.boolean()), RemoveEncryptionConfiguration: optional(z.boolean()), RemoveExpectedBucketOwner: optional(z.boolean()), RemoveAclConfiguration: optional(z.boolean()) }),
  ),
  RemoveBytesScannedCutoffPerQuery: optional(z.boolean()),
});
const description = optional(z.string().max(1024));
const byName = z.object({ WorkGroup: workGroupName });

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html and the others on work groups. */
export function workGroupOperations({ workGroups, store }: AthenaContext): Record<string, Operation> {
  return {
    CreateWorkGroup: operation(z.object({ Name: workGroupName, Configuration: optional(configuration), Description: description, Tags: optional(z.array(z.unknown())) }), async ({ Name, Configuration, Description }) => {
      if (await workGroups.find(Name)) throw invalidRequest(`WorkGroup ${Name} is already created.`, 'WORKGROUP_ALREADY_EXISTS');
      const group: WorkGroup = {
        Name,
        State: 'ENABLED',
        ...(Description === undefined ? {} : { Description }),
        CreationTime: Date.now() / 1000,
        // As in AWS, a new work group enforces its configuration unless told otherwise.
        Configuration: { EnforceWorkGroupConfiguration: true, PublishCloudWatchMetricsEnabled: false, RequesterPaysEnabled: false, ...defined(Configuration ?? {}), EngineVersion: ENGINE_VERSION },
      };
      checkLocation(group.Configuration);
      await workGroups.put(group);
    }),
    GetWorkGroup: operation(byName, async ({ WorkGroup: name }) => ({ WorkGroup: await workGroups.get(name) })),
    ListWorkGroups: operation(z.object(paged(50)), async ({ MaxResults, NextToken }) => {
      const { items, ...next } = await page(workGroups.entries(decodeToken(NextToken, 'w/')), MaxResults ?? 50, ({ Name, State, Description, CreationTime }) => ({
        Name,
        State,
        Description: Description ?? '',
        CreationTime,
        EngineVersion: ENGINE_VERSION,
      }));
      return { WorkGroups: items, ...next };
    }),
    UpdateWorkGroup: operation(byName.extend({ Description: description, ConfigurationUpdates: optional(updates), State: optional(z.enum(['ENABLED', 'DISABLED'])) }), async (input) => {
      const group = await workGroups.get(input.WorkGroup);
      if (input.Description !== undefined) group.Description = input.Description;
      if (input.State) group.State = input.State;
      if (input.ConfigurationUpdates) group.Configuration = updated(group.Configuration, input.ConfigurationUpdates);
      checkLocation(group.Configuration);
      await workGroups.put(group);
    }),
    DeleteWorkGroup: operation(byName.extend({ RecursiveDeleteOption: optional(z.boolean()) }), async ({ WorkGroup: name, RecursiveDeleteOption }) => {
      if (name === 'primary') throw invalidRequest('The primary workgroup cannot be deleted.');
      await workGroups.get(name);
      const holds = [];
      for (const prefix of [executionsOf(name), namedQueriesOf(name), preparedStatementsOf(name)]) for await (const [key] of store.entries(prefix)) holds.push(key);
      if (holds.length > 0 && !RecursiveDeleteOption) throw invalidRequest(`WorkGroup ${name} is not empty.`);
      await store.write(...holds.map((key) => ({ type: 'del' as const, key })));
      await workGroups.delete(name);
    }),
  };
}

function updated(now: WorkGroupConfiguration, change: z.output<typeof updates>): WorkGroupConfiguration {
  const { ResultConfigurationUpdates: results, RemoveBytesScannedCutoffPerQuery, EngineVersion: _, ...rest } = change;
  const next = { ...now, ...defined(rest) };
  if (RemoveBytesScannedCutoffPerQuery) delete next.BytesScannedCutoffPerQuery;
  if (!results) return next;
  const { RemoveOutputLocation, RemoveEncryptionConfiguration, RemoveExpectedBucketOwner, RemoveAclConfiguration, ...set } = results;
  const result = { ...next.ResultConfiguration, ...defined(set) };
  if (RemoveOutputLocation) delete result.OutputLocation;
  if (RemoveEncryptionConfiguration) delete result.EncryptionConfiguration;
  if (RemoveExpectedBucketOwner) delete result.ExpectedBucketOwner;
  if (RemoveAclConfiguration) delete result.AclConfiguration;
  return { ...next, ResultConfiguration: result };
}

function checkLocation({ ResultConfiguration }: WorkGroupConfiguration): void {
  const location = ResultConfiguration?.OutputLocation;
  if (location && !parseS3Location(location)) throw invalidRequest(`outputLocation is not a valid S3 path: ${location}`);
}

const defined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
