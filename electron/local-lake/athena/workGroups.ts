import { workGroupKey, type AthenaStore } from './store.ts';
import { invalidRequest } from './errors.ts';

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroup.html */
export interface WorkGroup {
  Name: string;
  State: 'ENABLED' | 'DISABLED';
  Description?: string;
  CreationTime: number;
  Configuration: WorkGroupConfiguration;
}
export interface WorkGroupConfiguration {
  ResultConfiguration?: { OutputLocation?: string; EncryptionConfiguration?: unknown; ExpectedBucketOwner?: string; AclConfiguration?: unknown };
  EnforceWorkGroupConfiguration?: boolean;
  PublishCloudWatchMetricsEnabled?: boolean;
  BytesScannedCutoffPerQuery?: number;
  RequesterPaysEnabled?: boolean;
  EngineVersion?: { SelectedEngineVersion?: string; EffectiveEngineVersion?: string };
}

export const ENGINE_VERSION = { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' };
export const RESULTS_BUCKET = 'secchi-results';

export class WorkGroups {
  private readonly store: AthenaStore;
  private constructor(store: AthenaStore) {
    this.store = store;
  }

  /** Makes `primary` where it is not there yet; its results go to the lake's own bucket for them. */
  static async open(store: AthenaStore): Promise<WorkGroups> {
    const groups = new WorkGroups(store);
    if (!(await groups.find('primary'))) {
      await groups.put({
        Name: 'primary',
        State: 'ENABLED',
        CreationTime: Date.now() / 1000,
        Configuration: {
          ResultConfiguration: { OutputLocation: `s3://${RESULTS_BUCKET}/` },
          EnforceWorkGroupConfiguration: false,
          PublishCloudWatchMetricsEnabled: false,
          RequesterPaysEnabled: false,
          EngineVersion: ENGINE_VERSION,
        },
      });
    }
    return groups;
  }

  find(name: string): Promise<WorkGroup | undefined> {
    return this.store.get<WorkGroup>(workGroupKey(name));
  }

  async get(name: string): Promise<WorkGroup> {
    const group = await this.find(name);
    if (!group) throw invalidRequest(`WorkGroup ${name} is not found.`, 'WORKGROUP_NOT_FOUND');
    return group;
  }

  entries(after?: string): AsyncIterable<[string, WorkGroup]> {
    return this.store.entries<WorkGroup>('w/', after);
  }

  put(group: WorkGroup): Promise<void> {
    return this.store.put(workGroupKey(group.Name), group);
  }

  delete(name: string): Promise<void> {
    return this.store.delete(workGroupKey(name));
  }
}
