import { describe, expect, it } from 'vitest';
import { outputLocation } from '../../../../electron/local-lake/athena/executions/outputLocation.ts';
import type { WorkGroup } from '../../../../electron/local-lake/athena/workGroups.ts';

const group = (enforced: boolean, OutputLocation?: string): WorkGroup => ({
  Name: 'g',
  State: 'ENABLED',
  CreationTime: 0,
  Configuration: { EnforceWorkGroupConfiguration: enforced, ...(OutputLocation ? { ResultConfiguration: { OutputLocation } } : {}) },
});
const asked = { OutputLocation: 's3://mine/x' };

describe('outputLocation', () => {
  it.each([
    ['the work group enforces its own', group(true, 's3://theirs/'), asked, 's3://theirs/'],
    ['the caller chooses', group(false, 's3://theirs/'), asked, 's3://mine/x/'],
    ['the caller says nothing', group(false, 's3://theirs/r'), undefined, 's3://theirs/r/'],
    ['only the caller has one', group(false), asked, 's3://mine/x/'],
  ])('where %s', (_, workGroup, request, expected) => {
    expect(outputLocation(workGroup, request).OutputLocation).toBe(expected);
  });

  it('refuses a query with nowhere to write, and what is no s3:// address', () => {
    expect(() => outputLocation(group(true), asked)).toThrow(/No output location provided/);
    expect(() => outputLocation(group(false), { OutputLocation: '/tmp/x' })).toThrow(/not a valid S3 path/);
  });
});
