import { matches, speaksOf, valuesNamed } from '../reads/matches.ts';
import type { PartitionFilter, PartitionKey } from '../reads/partitionFilter.ts';
import { addUnits, finestUnit, formatDate, parseBound, parsePattern, startOf } from './dates.ts';

export interface ProjectedTable {
  location: string;
  partitionKeys: PartitionKey[];
  parameters: Record<string, string>;
}

export type Projected =
  /** Every place a query with this filter can read. */
  | { kind: 'locations'; locations: string[] }
  /** Too many to list one by one, or a rule that is not computed here: all of them are below this place. */
  | { kind: 'below'; location: string }
  /** An injected key that the WHERE must give a value: the engine refuses the query. */
  | { kind: 'needsValue'; key: string };

/** Values of one key that are computed at most, and places in all. */
const MOST_VALUES = 200_000;
const MOST_LOCATIONS = 5000;

export const isProjected = (parameters: Record<string, string>): boolean => parameters['projection.enabled']?.toLowerCase() === 'true';

/**
 * Where a table with partition projection is read, computed from its rules as Athena does; where in doubt, more.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function project(table: ProjectedTable, filter: PartitionFilter | undefined, now: Date): Projected {
  const template = templateOf(table);
  const below: Projected = { kind: 'below', location: template.slice(0, template.search(/\$\{|$/)).replace(/[^/]*$/, '') };
  let rows: ReadonlyMap<string, string>[] = [new Map()];
  for (const key of table.partitionKeys) {
    const name = key.name.toLowerCase();
    const rule = ruleOf(table.parameters, key.name);
    const named = valuesNamed(filter, key.name);
    if (rule('type')?.toLowerCase() === 'injected' && !named) return { kind: 'needsValue', key: key.name };
    const all = valuesOf(rule, named, now);
    if (!all) return below;
    const own = ownConditions(filter, key.name);
    const wanted = own ? all.filter((value) => matches(own, new Map([[name, value]]))) : all;
    if (rows.length * wanted.length > MOST_LOCATIONS * 20) return below;
    rows = rows.flatMap((row) => wanted.map((value) => new Map([...row, [name, value]])));
  }
  if (filter) rows = rows.filter((row) => matches(filter, row));
  if (rows.length > MOST_LOCATIONS) return below;
  return { kind: 'locations', locations: rows.map((row) => template.replace(/\$\{([^}]+)\}/g, (whole, key: string) => row.get(key.toLowerCase()) ?? whole)) };
}

const templateOf = ({ location, partitionKeys, parameters }: ProjectedTable): string => {
  const template = parameters['storage.location.template'] ?? `${location.replace(/\/+$/, '')}/${partitionKeys.map(({ name }) => `${name}=\${${name}}`).join('/')}`;
  return `${template.replace(/\/+$/, '')}/`;
};

type Rule = (name: string) => string | undefined;

function ruleOf(parameters: Record<string, string>, key: string): Rule {
  const byName = new Map(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(`projection.${key.toLowerCase()}.${name}`);
}

/** The values a rule makes; undefined where they are too many or the rule is not understood. */
function valuesOf(rule: Rule, named: string[] | undefined, now: Date): string[] | undefined {
  switch (rule('type')?.toLowerCase()) {
    case 'enum':
      return rule('values')?.split(',').map((value) => value.trim());
    case 'injected':
      return named;
    case 'integer':
      return integers(rule);
    case 'date':
      return dates(rule, now);
    default:
      return undefined;
  }
}

function integers(rule: Rule): string[] | undefined {
  const bounds = rule('range')?.split(',').map((text) => text.trim());
  const interval = Number(rule('interval') ?? 1);
  const digits = Number(rule('digits') ?? 0);
  if (bounds?.length !== 2 || !bounds.every((text) => /^-?\d+$/.test(text)) || !Number.isInteger(interval) || interval < 1 || !Number.isInteger(digits)) return undefined;
  const [from, to] = bounds.map(Number) as [number, number];
  if ((to - from) / interval > MOST_VALUES || !Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return undefined;
  const values: string[] = [];
  for (let value = from; value <= to; value += interval) values.push(value < 0 ? String(value) : String(value).padStart(digits, '0'));
  return values;
}

/** Every value the format can write within the range, whatever the interval: the times between lead nowhere. */
function dates(rule: Rule, now: Date): string[] | undefined {
  const pattern = parsePattern(rule('format') ?? '');
  const bounds = rule('range')?.split(',');
  if (!pattern || bounds?.length !== 2) return undefined;
  const [from, to] = bounds.map((bound) => parseBound(pattern, bound, now));
  if (!from || !to) return undefined;
  const unit = finestUnit(pattern);
  const values: string[] = [];
  // The clock may pass into the next unit before the query starts.
  const end = addUnits(to, 1, unit);
  for (let at = startOf(from, unit), i = 0; at <= end; at = addUnits(startOf(from, unit), ++i, unit)) {
    if (values.length >= MOST_VALUES) return undefined;
    values.push(formatDate(pattern, at));
  }
  return [...new Set(values)];
}

/** The conditions of an AND that speak of one key alone. */
function ownConditions(filter: PartitionFilter | undefined, key: string): PartitionFilter | undefined {
  if (!filter) return undefined;
  const all = filter.kind === 'and' ? filter.of : [filter];
  const own = all.filter((one) => keysOf(one).every((name) => name === key.toLowerCase()) && speaksOf(one, key));
  return own.length === 0 ? undefined : { kind: 'and', of: own };
}

const keysOf = (filter: PartitionFilter): string[] => (filter.kind === 'and' || filter.kind === 'or' ? filter.of.flatMap(keysOf) : [filter.key.toLowerCase()]);
