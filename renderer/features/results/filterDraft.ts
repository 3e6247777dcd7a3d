import type { CellTest, ColumnFilter } from '../../../shared/contract/resultViews.ts';

export type Condition = 'contains' | 'equals' | 'starts' | 'ends' | 'regex' | 'range' | 'null' | 'in';

/** A filter as it is being written. */
export interface FilterDraft {
  condition: Condition;
  not: boolean;
  text: string;
  matchCase: boolean;
  from: string;
  to: string;
  values: (string | null)[];
}

export const conditionsOf = (kind: 'number' | 'time' | 'boolean' | 'text'): Condition[] => {
  if (kind === 'boolean') return ['in', 'null'];
  const texts: Condition[] = ['contains', 'equals', 'starts', 'ends', 'regex'];
  return kind === 'text' ? [...texts, 'in', 'null'] : ['range', 'in', ...texts, 'null'];
};

/** The draft of a column's filter; a new one where it has none. */
export function draftOf(filters: ColumnFilter[], kind: 'number' | 'time' | 'boolean' | 'text'): FilterDraft {
  const empty: FilterDraft = { condition: conditionsOf(kind)[0]!, not: false, text: '', matchCase: false, from: '', to: '', values: [] };
  const [held] = filters;
  if (!held) return empty;
  const { test, not } = held;
  if (test.kind === 'text') return { ...empty, not, condition: test.how, text: test.text, matchCase: test.matchCase };
  if (test.kind === 'range') return { ...empty, not, condition: 'range', from: test.from ?? '', to: test.to ?? '' };
  if (test.kind === 'in') return { ...empty, not, condition: 'in', values: test.values };
  return { ...empty, not, condition: 'null' };
}

/** The filter of a draft; null where it says nothing yet. */
export function filterOf({ condition, not, text, matchCase, from, to, values }: FilterDraft, column: number): ColumnFilter | null {
  const with_ = (test: CellTest): ColumnFilter => ({ column, not, test });
  switch (condition) {
    case 'null':
      return with_({ kind: 'null' });
    case 'range':
      return from.trim() || to.trim() ? with_({ kind: 'range', ...(from.trim() ? { from: from.trim() } : {}), ...(to.trim() ? { to: to.trim() } : {}) }) : null;
    case 'in':
      return values.length > 0 ? with_({ kind: 'in', values }) : null;
    case 'equals':
      return with_({ kind: 'text', how: 'equals', text, matchCase });
    default:
      return text ? with_({ kind: 'text', how: condition, text, matchCase }) : null;
  }
}
