import { tokenize } from '../../../shared/sql/lexer.ts';

/** The call the cursor is in: its name and how many commas stand before the cursor. null outside of calls. */
export function callAround(before: string): { name: string; argument: number } | null {
  const tokens = tokenize(before, 'trino').slice(0, -1);
  let depth = 0;
  let argument = 0;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind !== 'op') continue;
    if (token.value === ')' || token.value === ']') depth += 1;
    else if (token.value === '[') depth -= 1;
    else if (token.value === ',' && depth === 0) argument += 1;
    else if (token.value === ';') return null;
    else if (token.value === '(' && depth-- === 0) {
      const name = tokens[at - 1];
      return name?.kind === 'word' ? { name: name.text, argument } : null;
    }
  }
  return null;
}
