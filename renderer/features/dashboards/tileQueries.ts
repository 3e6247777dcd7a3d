import { bind, isNumbered, placeholders, substituted, valueOf, type Bound, type ParameterValue } from '../../../shared/sql/parameters.ts';
import type { Connection } from '../../../shared/contract/connections.ts';
import type { ChartTile, Dashboard, Tile } from '../../../shared/contract/dashboards.ts';

type Values = Readonly<Record<string, ParameterValue>>;

export const isChart = (tile: Tile): tile is ChartTile => tile.kind === 'chart';

/** The values a tile's query gets: the dashboard's by name, its own by number. */
export const valuesFor = ({ query }: ChartTile, shared: Values | undefined): Values => ({ ...shared, ...query.values });

export const boundOf = (tile: ChartTile, shared: Values | undefined): Bound => bind(tile.query.sql, valuesFor(tile, shared));

/** One question, however many tiles show its answer. */
export interface TileGroup {
  key: string;
  tiles: ChartTile[];
  bound: Bound;
  /** The statement with its values in place, to be priced. */
  text: string;
}

/** Tiles that ask the same of the same place, with the same values, together. */
export function groupsOf(tiles: readonly Tile[], shared: Values | undefined): TileGroup[] {
  const groups = new Map<string, TileGroup>();
  for (const tile of tiles.filter(isChart)) {
    const { connectionId, engine, target, catalog, workgroup, database, outputLocation, sql } = tile.query;
    const bound = boundOf(tile, shared);
    const key = JSON.stringify([connectionId, engine, target, catalog, workgroup, database, outputLocation, sql, bound]);
    const group = groups.get(key) ?? { key, tiles: [], bound, text: substituted(sql, valuesFor(tile, shared)) };
    group.tiles.push(tile);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What a run of it costs is not known to be nothing. */
export const mayBill = ({ query }: ChartTile, connections: readonly Connection[]): boolean => query.engine !== 'duckdb' && connections.find(({ id }) => id === query.connectionId)?.kind !== 'local';

/** A field for a value: of a name that tiles share, or of one tile's `?`. */
export interface ParameterField {
  key: string;
  name: string;
  /** The tile whose `?` it is. */
  tile?: ChartTile;
}

/** Which field a tile's query takes a value from: one of its own for a `?`. */
export const fieldKey = (tile: ChartTile, name: string): string => (isNumbered(name) ? `${tile.id} ${name}` : name);

/** The fields of a dashboard: each name once, then each tile's `?`. */
export function fieldsOf(tiles: readonly Tile[]): ParameterField[] {
  const names = new Map<string, ParameterField>();
  const marks: ParameterField[] = [];
  for (const tile of tiles.filter(isChart))
    for (const { name } of placeholders(tile.query.sql)) {
      if (isNumbered(name)) marks.push({ key: fieldKey(tile, name), name, tile });
      else names.set(name, { key: fieldKey(tile, name), name });
    }
  return [...names.values(), ...marks];
}

/** The dashboard with a field's value changed. */
export function withValue(dashboard: Dashboard, { name, tile }: ParameterField, value: ParameterValue): Dashboard {
  if (!tile) return { ...dashboard, parameters: { ...dashboard.parameters, [name]: value } };
  return { ...dashboard, tiles: dashboard.tiles.map((one) => (one.id === tile.id && isChart(one) ? { ...one, query: { ...one.query, values: { ...one.query.values, [name]: value } } } : one)) };
}

/** Whether the tile's result is an answer to other values than the fields hold now. */
export function ranWithOthers(tile: ChartTile, shared: Values | undefined): boolean {
  const bound = boundOf(tile, shared);
  return tile.runId !== undefined && !('missing' in bound) && JSON.stringify(bound.parameters) !== JSON.stringify(tile.ranWith ?? []);
}

/** The values a query ran with, as a dashboard keeps them: by name for all, by number for the tile. */
export function valuesOf(sql: string, literals: readonly string[]): { parameters: Record<string, ParameterValue>; values: Record<string, ParameterValue> } {
  const found = { parameters: {} as Record<string, ParameterValue>, values: {} as Record<string, ParameterValue> };
  placeholders(sql).forEach(({ name }, at) => {
    const literal = literals[at];
    if (literal !== undefined) found[isNumbered(name) ? 'values' : 'parameters'][name] = valueOf(literal);
  });
  return found;
}
