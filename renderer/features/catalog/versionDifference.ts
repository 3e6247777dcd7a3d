import type { Column, TableVersion } from '../../../shared/contract/catalog.ts';

/** One line of the comparison: `before` is missing where it was added, `after` where it was removed. */
export interface Difference {
  what: 'column' | 'partitionKey' | 'parameter' | 'location';
  name: string;
  before?: string;
  after?: string;
}

const shown = ({ type, comment }: Column): string => (comment ? `${type} — ${comment}` : type);

function compare(what: Difference['what'], before: Map<string, string>, after: Map<string, string>): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => before.get(name) !== after.get(name)).map((name) => ({ what, name, before: before.get(name), after: after.get(name) }));
}

const columnMap = (columns: Column[]) => new Map(columns.map((column) => [column.name, shown(column)]));

/** Parameters the catalog itself rewrites on each update, which say nothing about the table. */
const noise = new Set(['transient_lastDdlTime', 'last_modified_time', 'last_modified_by']);
const parameterMap = (parameters: Record<string, string>) => new Map(Object.entries(parameters).filter(([name]) => !noise.has(name)));

/** What changed from one version of a table to a later one. */
export function versionDifference(before: TableVersion, after: TableVersion): Difference[] {
  const location = (version: TableVersion) => new Map(version.location ? [['', version.location]] : []);
  return [
    ...compare('column', columnMap(before.columns), columnMap(after.columns)),
    ...compare('partitionKey', columnMap(before.partitionKeys), columnMap(after.partitionKeys)),
    ...compare('location', location(before), location(after)),
    ...compare('parameter', parameterMap(before.parameters), parameterMap(after.parameters)),
  ];
}
