import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { OK } from '../../../shared/contract/common.ts';
import { dashboard, type Dashboard, type Tile } from '../../../shared/contract/dashboards.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';

const FORMAT = 'secchi-dashboard';
const exported = z.object({ format: z.literal(FORMAT), version: z.literal(1), dashboard: dashboard.omit({ id: true }) });

/** A run is known where it was run. */
const withoutRun = (tile: Tile): Tile => (tile.kind === 'chart' ? { ...tile, runId: undefined, ranAt: undefined, ranWith: undefined } : tile);

function parseExport(text: string): Omit<Dashboard, 'id'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('BadInput', 'This is no exported dashboard: it is not JSON.', { detail: String(error), cause: error });
  }
  const parsed = exported.safeParse(value);
  if (parsed.success) return parsed.data.dashboard;
  const [issue] = parsed.error.issues;
  throw new AppError('BadInput', 'This is no exported dashboard.', { detail: issue && `${issue.path.join('.') || 'The file'}: ${issue.message}` });
}

/** Dashboards: kept one record each; every answer to a save means it is on the disk. */
export function dashboardsHandlers({ store }: BackendContext): ServiceHandlers<typeof contract.dashboards> {
  const kept = store.collection<Dashboard>('dashboards');
  const find = async (id: string): Promise<Dashboard> => {
    const found = await kept.get(id);
    if (!found) throw new AppError('NotFound', 'This dashboard is no longer there.', { resource: id });
    return found;
  };
  return {
    async list() {
      const list = [];
      for await (const [id, { name, tiles }] of kept.entries()) list.push({ id, name, tiles: tiles.length });
      return list.sort((a, b) => a.name.localeCompare(b.name));
    },
    get: ({ input }) => find(input.id),
    async save({ input }) {
      await kept.put(input.id, input);
      return OK;
    },
    async remove({ input }) {
      await kept.delete(input.id);
      return OK;
    },
    async import({ input }) {
      const read = parseExport(input.text);
      const made: Dashboard = { ...read, id: randomUUID(), tiles: read.tiles.map((tile) => ({ ...withoutRun(tile), id: randomUUID() })) };
      await kept.put(made.id, made);
      return made;
    },
    async export({ input }) {
      const { id: _id, ...rest } = await find(input.id);
      return { text: `${JSON.stringify({ format: FORMAT, version: 1, dashboard: { ...rest, tiles: rest.tiles.map(withoutRun) } }, null, 2)}\n` };
    },
  };
}
