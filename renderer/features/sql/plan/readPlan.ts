import { readDuckdbPlan } from './readDuckdbPlan.ts';

/** One operator of a query's plan, as far as the engine tells. */
export interface PlanNode {
  id: string;
  name: string;
  /** What it works on, in a line each. */
  details: string[];
  /** Rows it gives: measured, or (with `measured` false) estimated. */
  rows?: number | undefined;
  bytes?: number | undefined;
  /** Processor time of its own, ms; measured only. */
  millis?: number | undefined;
  /** The optimiser's own cost, in no unit. */
  cost?: number | undefined;
  children: PlanNode[];
}

export interface Plan {
  root: PlanNode;
  /** EXPLAIN ANALYZE: the query ran. */
  measured: boolean;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNode = (value: unknown): value is Json => isObject(value) && typeof value.name === 'string' && (Array.isArray(value.children) || 'id' in value);
const text = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value));
/** Trino writes NaN for what it does not know. */
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : typeof value === 'string' && /^[\d.eE+-]+$/.test(value) ? Number(value) : undefined);

const TIME = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SIZE = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4, PB: 1024 ** 5 } as const;

function measure(value: unknown, units: Record<string, number>): number | undefined {
  const [, count, unit = ''] = /^\s*([\d.]+)\s*([a-zA-Z]+)\s*$/.exec(text(value)) ?? [];
  const factor = units[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}

function details(node: Json): string[] {
  const lines = Array.isArray(node.details) ? node.details.map(text) : text(node.details).split('\n');
  const descriptor = isObject(node.descriptor) ? Object.entries(node.descriptor).map(([key, value]) => `${key}: ${text(value)}`) : [];
  return [text(node.identifier), ...descriptor, ...lines].map((line) => line.trim()).filter((line) => line !== '' && line !== '[]');
}

function toNode(json: Json, fragments: Map<string, Json[]>, path: string, seen: ReadonlySet<string>): PlanNode {
  const stats = isObject(json.distributedNodeStats) ? json.distributedNodeStats : undefined;
  const [estimate] = Array.isArray(json.estimates) ? (json.estimates as unknown[]).filter(isObject) : [];
  const own = (Array.isArray(json.children) ? json.children : []).filter(isNode);
  const lines = details(json);
  // What comes from another stage is that stage's own tree.
  const sources = json.name === 'RemoteSource' ? [...lines.join(' ').matchAll(/\d+/g)].map(([id]) => id).filter((id) => fragments.has(id) && !seen.has(id)) : [];
  const remote = sources.flatMap((id) => (fragments.get(id) ?? []).map((node) => ({ node, seen: new Set([...seen, id]) })));
  return {
    id: path,
    name: text(json.name),
    details: lines,
    rows: number(stats?.nodeOutputRows) ?? number(estimate?.outputRowCount),
    bytes: measure(stats?.nodeOutputDataSize, SIZE) ?? number(estimate?.outputSizeInBytes),
    millis: measure(stats?.nodeCpuTime, TIME),
    cost: number(estimate?.cpuCost) ?? number(estimate?.cpuCostPercentage),
    children: [...own.map((node) => ({ node, seen })), ...remote].map((child, at) => toNode(child.node, fragments, `${path}.${at}`, child.seen)),
  };
}

/** The plan, Trino's or DuckDB's, in what EXPLAIN (FORMAT JSON) or EXPLAIN ANALYZE (FORMAT JSON) answered; undefined where it is none. */
export function readPlan(answer: string): Plan | undefined {
  let json: unknown;
  try {
    // Not JSON's, but Trino's: estimates that are not known.
    json = JSON.parse(answer.replace(/(:\s*)(NaN|-?Infinity)\b/g, '$1null'));
  } catch {
    return undefined;
  }
  const duckdb = readDuckdbPlan(json);
  if (duckdb) return duckdb;
  const fragments = new Map<string, Json[]>();
  const measured = isObject(json) && Array.isArray(json.fragments);
  if (isObject(json) && Array.isArray(json.fragments)) {
    for (const fragment of json.fragments.filter(isObject)) {
      const plan = isObject(fragment.logicalPlan) ? Object.values(fragment.logicalPlan).flat().filter(isNode) : [];
      fragments.set(text(fragment.id), plan);
    }
  } else if (isNode(json)) fragments.set('0', [json]);
  else if (isObject(json)) for (const [id, node] of Object.entries(json)) fragments.set(id, [node].flat().filter(isNode));
  const first = fragments.get('0') ?? [...fragments.values()][0];
  if (!first?.[0]) return undefined;
  return { root: toNode(first[0], fragments, '0', new Set([...fragments.keys()].slice(0, 1))), measured };
}

/** Parts that take this much of the whole are marked. */
const COSTLY = 0.25;

export interface PlanRow {
  node: PlanNode;
  depth: number;
  /** Its part of what is compared, 0 to 1; 0 where that is not known. */
  share: number;
  /** Worth a look first. Rows alone say nothing of cost. */
  costly: boolean;
}

/** What tells the costly parts apart: processor time, else the optimiser's cost, else bytes, else rows. */
export function comparedBy(root: PlanNode): 'millis' | 'cost' | 'bytes' | 'rows' {
  const all: PlanNode[] = [];
  const visit = (node: PlanNode): void => {
    all.push(node);
    node.children.forEach(visit);
  };
  visit(root);
  return (['millis', 'cost', 'bytes'] as const).find((key) => all.some((node) => (node[key] ?? 0) > 0)) ?? 'rows';
}

/** The tree in the order it is drawn. */
export function planRows(root: PlanNode): PlanRow[] {
  const by = comparedBy(root);
  const rows: PlanRow[] = [];
  const visit = (node: PlanNode, depth: number): void => {
    rows.push({ node, depth, share: node[by] ?? 0, costly: false });
    node.children.forEach((child) => visit(child, depth + 1));
  };
  visit(root, 0);
  // Times of operators add up; rows and sizes are compared with the largest.
  const whole = by === 'millis' || by === 'cost' ? rows.reduce((sum, { share }) => sum + share, 0) : Math.max(...rows.map(({ share }) => share));
  return rows.map(({ node, depth, share: own }) => {
    const share = whole > 0 ? own / whole : 0;
    return { node, depth, share, costly: by !== 'rows' && share >= COSTLY };
  });
}

