import type { Aggregate } from '../../../../shared/contract/charts.ts';
import type { MeasureField } from './fields.ts';

const FUNCTIONS: Record<Aggregate, (column: string) => string> = {
  value: (column) => `sum(${column})`,
  count: (column) => `count(${column})`,
  sum: (column) => `sum(${column})`,
  avg: (column) => `avg(${column})`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
  median: (column) => `median(${column})`,
  distinct: (column) => `count(DISTINCT ${column})`,
};

/** SQL of the measure over a group of the source. */
export const measureSql = ({ aggregate }: MeasureField, index: number): string => FUNCTIONS[aggregate](`y${index}`);

/** Its parts add up to the whole: groups may be ranked by it. */
export const adds = ({ aggregate }: MeasureField): boolean => aggregate === 'value' || aggregate === 'count' || aggregate === 'sum';

/** Where there are no rows it is 0, not missing. */
export const countsRows = ({ aggregate }: MeasureField): boolean => aggregate === 'count' || aggregate === 'distinct';

const NUMBER = /^-?\d+(\.\d+)?$/;

/** True where the number a screen is drawn with is not the value (15 digits are always exact). */
export function isRounded(text: string | null): boolean {
  if (text === null || text.length < 16 || !NUMBER.test(text)) return false;
  if (!text.includes('.')) return BigInt(text) !== BigInt(Number(text));
  const plain = text.replace(/0+$/, '').replace(/\.$/, '');
  const drawn = String(Number(text));
  return drawn !== plain && !drawn.includes('e');
}
