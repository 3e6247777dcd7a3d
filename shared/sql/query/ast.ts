/** The syntax tree of a Trino query. Every node knows where it stands (one-based) for messages. */
export interface At {
  line: number;
  column: number;
}

export interface Identifier extends At {
  /** Lower case, as Trino compares names without case. */
  name: string;
  /** As written; the name of a result column keeps no case in Athena, but messages do. */
  text: string;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface SortItem {
  expr: Expr;
  descending: boolean;
  nullsFirst: boolean;
}

export interface FrameBound {
  type: 'unboundedPreceding' | 'preceding' | 'current' | 'following' | 'unboundedFollowing';
  offset?: Expr;
}

export interface WindowSpec extends At {
  /** The name of a WINDOW clause entry this one is, or builds on. */
  base?: string;
  partitionBy: Expr[];
  orderBy: SortItem[];
  frame?: { unit: 'rows' | 'range' | 'groups'; start: FrameBound; end: FrameBound };
}

export interface Call extends At {
  kind: 'call';
  /** Lower case. */
  name: string;
  args: Expr[];
  star: boolean;
  distinct: boolean;
  orderBy: SortItem[];
  filter?: Expr;
  over?: WindowSpec;
  ignoreNulls?: boolean;
}

/** A type as written in CAST: a name with arguments that are numbers, types, or named fields. */
export interface TypeName extends At {
  name: string;
  numbers: number[];
  arguments: TypeName[];
  fields: { name?: string; type: TypeName }[];
}

export type Expr =
  | ({ kind: 'null' } & At)
  | ({ kind: 'boolean'; value: boolean } & At)
  | ({ kind: 'integer' | 'decimal' | 'double' | 'string' | 'binary'; value: string } & At)
  | ({ kind: 'typed'; type: TypeName; value: string } & At)
  | ({ kind: 'interval'; negative: boolean; value: string; from: string; to?: string } & At)
  | ({ kind: 'parameter'; index: number } & At)
  | ({ kind: 'name'; parts: Identifier[] } & At)
  | ({ kind: 'field'; base: Expr; field: Identifier } & At)
  | ({ kind: 'subscript'; base: Expr; index: Expr } & At)
  | Call
  | ({ kind: 'lambda'; parameters: Identifier[]; body: Expr } & At)
  | ({ kind: 'arithmetic'; operator: '+' | '-' | '*' | '/' | '%'; left: Expr; right: Expr } & At)
  | ({ kind: 'concat'; left: Expr; right: Expr } & At)
  | ({ kind: 'negate'; operand: Expr } & At)
  | ({ kind: 'and' | 'or'; left: Expr; right: Expr } & At)
  | ({ kind: 'not'; operand: Expr } & At)
  | ({ kind: 'comparison'; operator: ComparisonOperator; left: Expr; right: Expr } & At)
  | ({ kind: 'quantified'; operator: ComparisonOperator; quantifier: 'all' | 'any'; left: Expr; query: Query } & At)
  | ({ kind: 'isNull'; operand: Expr; negated: boolean } & At)
  | ({ kind: 'isDistinct'; left: Expr; right: Expr; negated: boolean } & At)
  | ({ kind: 'between'; operand: Expr; low: Expr; high: Expr; negated: boolean } & At)
  | ({ kind: 'in'; operand: Expr; values: Expr[]; negated: boolean } & At)
  | ({ kind: 'inQuery'; operand: Expr; query: Query; negated: boolean } & At)
  | ({ kind: 'like'; operand: Expr; pattern: Expr; escape?: Expr; negated: boolean } & At)
  | ({ kind: 'exists'; query: Query } & At)
  | ({ kind: 'subquery'; query: Query } & At)
  | ({ kind: 'case'; operand?: Expr; branches: { when: Expr; then: Expr }[]; otherwise?: Expr } & At)
  | ({ kind: 'cast'; operand: Expr; type: TypeName; safe: boolean } & At)
  | ({ kind: 'extract'; unit: string; operand: Expr } & At)
  | ({ kind: 'atTimeZone'; operand: Expr; zone: Expr } & At)
  | ({ kind: 'current'; what: 'date' | 'time' | 'timestamp' | 'localtime' | 'localtimestamp' | 'user' | 'catalog' | 'schema'; precision?: number } & At)
  | ({ kind: 'array'; items: Expr[] } & At)
  | ({ kind: 'row'; items: Expr[] } & At);

export type SelectItem = ({ kind: 'expr'; expr: Expr; alias?: Identifier } & At) | ({ kind: 'star'; qualifier?: Identifier[] } & At) | ({ kind: 'fieldStar'; base: Expr; aliases?: Identifier[] } & At);

export type GroupingElement = { kind: 'simple'; exprs: Expr[] } | { kind: 'rollup' | 'cube'; sets: Expr[][] } | { kind: 'sets'; sets: Expr[][] };

export interface Select extends At {
  kind: 'select';
  distinct: boolean;
  items: SelectItem[];
  from?: Relation;
  where?: Expr;
  groupBy?: { distinct: boolean; elements: GroupingElement[] };
  having?: Expr;
  windows: { name: string; spec: WindowSpec }[];
}

export type QueryBody =
  | Select
  | ({ kind: 'values'; rows: Expr[] } & At)
  | ({ kind: 'setOperation'; operator: 'union' | 'intersect' | 'except'; distinct: boolean; left: QueryBody; right: QueryBody } & At)
  | ({ kind: 'query'; query: Query } & At);

export interface NamedQuery extends At {
  name: Identifier;
  columns?: Identifier[];
  query: Query;
}

export interface Query extends At {
  with: NamedQuery[];
  body: QueryBody;
  orderBy: SortItem[];
  offset?: Expr;
  limit?: Expr;
  withTies?: boolean;
}

export type Relation =
  | ({ kind: 'table'; name: Identifier[] } & At)
  | ({ kind: 'derived'; query: Query; lateral: boolean } & At)
  | ({ kind: 'unnest'; exprs: Expr[]; ordinality: boolean } & At)
  | ({ kind: 'aliased'; relation: Relation; alias: Identifier; columns?: Identifier[] } & At)
  | ({ kind: 'join'; type: 'inner' | 'left' | 'right' | 'full' | 'cross'; left: Relation; right: Relation; on?: Expr; using?: Identifier[] } & At);
