import type { TFunction } from 'i18next';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';

const shownValue = (value: string | null): string => (value === null ? 'NULL' : value === '' ? '""' : value.length > 24 ? `${value.slice(0, 24)}…` : value);

/** A filter in a few words, for its chip: `delay ≥ 60`, `origin contains “at”`, `city is not NULL`. */
export function filterWords(t: TFunction<'results'>, name: string, { test, not }: ColumnFilter): string {
  const words = (() => {
    switch (test.kind) {
      case 'null':
        return t(not ? 'filter.words.isNotNull' : 'filter.words.isNull', { name });
      case 'text':
        return t(`filter.words.${test.how}`, { name, text: shownValue(test.text) });
      case 'range':
        if (test.from && test.to) return test.from === test.to ? `${name} = ${test.from}` : `${name} ${test.from} … ${test.to}`;
        return test.from ? `${name} ≥ ${test.from}` : `${name} ≤ ${test.to}`;
      case 'in': {
        const [first, second, ...rest] = test.values.map(shownValue);
        return `${name} = ${[first, second].filter((value) => value !== undefined).join(', ')}${rest.length > 0 ? ` +${rest.length}` : ''}`;
      }
    }
  })();
  return not && test.kind !== 'null' ? t('filter.words.not', { words }) : words;
}
