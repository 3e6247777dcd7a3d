import type { Expr, Identifier, Query, Relation, Select } from '../query/ast.ts';

type Node = Record<string, unknown>;

const isQuery = (node: Node): boolean => Array.isArray(node.with) && typeof node.body === 'object' && !('kind' in node);
const isIdentifier = (node: Node): boolean => typeof node.name === 'string' && typeof node.text === 'string';

/** Calls `visit` for every object of a syntax tree; where it answers false, what is below is left out. */
export function visitNodes(tree: unknown, visit: (node: Node) => boolean | void): void {
  if (Array.isArray(tree)) tree.forEach((one) => visitNodes(one, visit));
  else if (tree !== null && typeof tree === 'object') {
    if (visit(tree as Node) === false) return;
    for (const value of Object.values(tree)) if (typeof value === 'object') visitNodes(value, visit);
  }
}

/** The queries directly inside some expressions, not those inside these. */
export function subqueries(tree: unknown): Query[] {
  const found: Query[] = [];
  visitNodes(tree, (node) => {
    if (!isQuery(node)) return true;
    found.push(node as unknown as Query);
    return false;
  });
  return found;
}

/** Every name in a query, in lower case: whatever columns it uses are among them. */
export function columnsMentioned(query: Query): ReadonlySet<string> {
  const names = new Set<string>();
  visitNodes(query, (node) => {
    if (isIdentifier(node)) names.add(node.name as string);
  });
  return names;
}

/** Whether a SELECT takes all columns of a relation: `*`, or `x.*` by its alias or the end of its name. */
export function selects({ items }: Select, name: string[]): boolean {
  return items.some((item) => {
    if (item.kind !== 'star') return false;
    const qualifier = item.qualifier?.map((part) => part.name);
    return !qualifier || qualifier.join('.') === name.slice(-qualifier.length).join('.');
  });
}

/** What the relations of a FROM are called, and whether a USING joins some of their columns. */
export function directReads(from: Relation): { aliases: string[]; using: boolean } {
  switch (from.kind) {
    case 'aliased':
      return { aliases: [from.alias.name], using: false };
    case 'table':
      return { aliases: [from.name.at(-1)!.name], using: false };
    case 'join': {
      const [left, right] = [directReads(from.left), directReads(from.right)];
      return { aliases: [...left.aliases, ...right.aliases], using: left.using || right.using || from.using !== undefined };
    }
    default:
      return { aliases: [], using: false };
  }
}

/** The conditions of an AND, each of which must hold. */
export const conjuncts = (expr: Expr): Expr[] => (expr.kind === 'and' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr]);

export const dotted = (parts: Identifier[]): string[] => parts.map((part) => part.name);
