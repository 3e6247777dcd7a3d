import { AppError } from '../../../../shared/errors.ts';
import { columnRole, hasZone, isWhole, type ColumnRole } from '../../../../shared/charts/columnRole.ts';
import { distinctNames } from '../../../../shared/columnNames.ts';
import type { Aggregate, ChartSpec } from '../../../../shared/contract/charts.ts';
import type { Cell } from '../cells.ts';
import { valueType } from '../types.ts';

/** A column of the result in a chart. */
export interface Field {
  name: string;
  role: ColumnRole;
  /** The column as stored, and how it reads. */
  key: string;
  print(key: string): string;
  /** SQL of the value; NULL where the text is no such value. Numbers as they are typed; times are TIMESTAMPs, as written or in UTC. */
  value: string;
  /** DOUBLE or FLOAT: may be NaN or infinite. */
  floating: boolean;
  whole: boolean;
  utc: boolean;
}

export interface MeasureField {
  aggregate: Aggregate;
  field: Field | undefined;
}

export interface Fields {
  x: Field | undefined;
  y: MeasureField[];
  series: Field | undefined;
  size: Field | undefined;
}

function toField({ type, key, print, value }: Cell, name: string): Field {
  const role = columnRole(type);
  const { duckType } = valueType(type);
  const utc = hasZone(type);
  const time = utc ? `(${value} AT TIME ZONE 'UTC')` : `CAST(${value} AS TIMESTAMP)`;
  return { name, role, key, print, value: role === 'time' ? time : value, floating: duckType === 'DOUBLE' || duckType === 'FLOAT', whole: isWhole(type), utc };
}

/** Aggregates that need no number. */
const ANY_TYPE: readonly Aggregate[] = ['count', 'distinct'];
/** Of a single number, anything that can be compared. */
const COMPARED: readonly Aggregate[] = [...ANY_TYPE, 'min', 'max', 'value'];

/** The spec's names as columns. BadInput where one is not there, or cannot be what it is asked for. */
export function fieldsOf(spec: ChartSpec, cells: Cell[]): Fields {
  const names = distinctNames(cells);
  const find = (name: string): Field => {
    const index = names.indexOf(name);
    if (index < 0) throw new AppError('BadInput', `The result has no column “${name}”.`, { detail: `It has ${names.slice(0, 20).join(', ')}.`, resource: name });
    return toField(cells[index]!, name);
  };
  const y = spec.y.map(({ aggregate, column }): MeasureField => {
    const field = column === undefined ? undefined : find(column);
    if (!field && aggregate !== 'count') throw new AppError('BadInput', 'A value without a column can only be a count.');
    const free = spec.kind === 'number' ? COMPARED : ANY_TYPE;
    if (field && field.role !== 'number' && !free.includes(aggregate)) {
      throw new AppError('BadInput', `“${field.name}” holds no numbers.`, { detail: 'It can be counted, or its different values can.', resource: field.name });
    }
    return { aggregate, field };
  });
  const size = spec.size === undefined ? undefined : find(spec.size);
  if (size && size.role !== 'number') throw new AppError('BadInput', `“${size.name}” holds no numbers.`, { resource: size.name });
  return { y, size, x: spec.x === undefined ? undefined : find(spec.x), series: spec.series === undefined ? undefined : find(spec.series) };
}
