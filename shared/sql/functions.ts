/**
 * The functions of Athena (Trino) that the local engine runs, and the one list of them: the editor's completion shows it,
 * and a call of anything else fails by name before DuckDB sees it.
 */
export interface SqlFunction {
  name: string;
  kind: 'scalar' | 'aggregate' | 'window';
  /** As `(type, …) -> type`: lower-case Trino types, one-letter type variables, `...` after an argument that may repeat. */
  signatures: string[];
  /** One line. */
  doc: string;
}

import { aggregateFunctions, windowFunctions } from './functions/aggregates.ts';
import { arrayFunctions, mapFunctions } from './functions/collections.ts';
import { conditionalFunctions, jsonFunctions, mathFunctions } from './functions/general.ts';
import { stringFunctions, urlFunctions } from './functions/strings.ts';
import { timeFunctions } from './functions/times.ts';

function read(kind: SqlFunction['kind'], table: string): SqlFunction[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', signatures = '', doc = ''] = line.split('|').map((part) => part.trim());
      return { name, kind, signatures: signatures.split(';').map((one) => one.trim()), doc };
    });
}

export const functions: readonly SqlFunction[] = [
  ...[stringFunctions, urlFunctions, mathFunctions, timeFunctions, arrayFunctions, mapFunctions, jsonFunctions, conditionalFunctions].flatMap((table) => read('scalar', table)),
  ...read('aggregate', aggregateFunctions),
  ...read('window', windowFunctions),
];

const byName = new Map(functions.map((one) => [one.name, one]));

/** The function of that (lower-case) name, or undefined: then it must not run. */
export function functionNamed(name: string): SqlFunction | undefined {
  return byName.get(name);
}

/** One text for people: `strpos(varchar, varchar) → bigint`, a line per signature. */
export function signatureText(one: SqlFunction): string {
  return one.signatures.map((signature) => one.name + signature.replace(' -> ', ' → ')).join('\n');
}

/** What the first signature answers, e.g. `bigint`. */
export function resultText(one: SqlFunction): string {
  return one.signatures[0]?.split(' -> ')[1] ?? '';
}
