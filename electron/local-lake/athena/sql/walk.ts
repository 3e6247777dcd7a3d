import type { Expr, Query } from '../../../../shared/sql/query/ast.ts';

type Node = Record<string, unknown>;

/** Calls `visit` for every node under `value`; where it answers false, the node's children are left out. */
function walk(value: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if (!visit(node)) return;
    for (const child of Object.values(node)) walk(child, visit);
  }
}

/** Every table name in a query, as written in lower case; names of WITH queries among them. */
export function tableNames(query: Query): string[][] {
  const found: string[][] = [];
  walk(query, (node) => {
    if (node.kind === 'table' && Array.isArray(node.name)) found.push((node.name as { name: string }[]).map((part) => part.name));
    return true;
  });
  return found;
}

/** The calls in an expression itself, not those of subqueries inside it. */
export function callsIn(expr: unknown): Extract<Expr, { kind: 'call' }>[] {
  const found: Extract<Expr, { kind: 'call' }>[] = [];
  walk(expr, (node) => {
    if ('body' in node && 'with' in node) return false;
    if (node.kind === 'call') found.push(node as unknown as Extract<Expr, { kind: 'call' }>);
    return true;
  });
  return found;
}

/** Whether an expression holds a subquery. */
export function hasSubquery(expr: unknown): boolean {
  let found = false;
  walk(expr, (node) => {
    if ('body' in node && 'with' in node) found = true;
    return !found;
  });
  return found;
}

/** The conditions that `AND` joins. */
export function conjuncts(expr: Expr): Expr[] {
  return expr.kind === 'and' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
}
