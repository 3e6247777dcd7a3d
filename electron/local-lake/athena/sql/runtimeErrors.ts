import type { TrinoErrorName } from '../../../../shared/sql/errors.ts';

const numberNames: Record<string, string> = { INT8: 'tinyint', INT16: 'smallint', INT32: 'integer', INT64: 'bigint' };
const operations: Record<string, [string, string]> = { addition: ['addition', '+'], subtraction: ['subtraction', '-'], multiplication: ['multiplication', '*'] };

/**
 * Trino's name and words for an error that DuckDB raised while it ran a translated query. Errors of our own functions
 * carry both; DuckDB's overflow and conversion errors are put in Trino's words; anything else keeps DuckDB's.
 */
export function trinoErrorOf(message: string): { trinoName: TrinoErrorName; message: string } {
  const own = /!([A-Z_]+): ([^\n]*)/.exec(message);
  if (own) return { trinoName: own[1] as TrinoErrorName, message: own[2]! };
  const overflow = /Overflow in (addition|subtraction|multiplication) of (INT\d+) \((-?\d+) . (-?\d+)\)/.exec(message);
  if (overflow) {
    const [verb, sign] = operations[overflow[1]!]!;
    return { trinoName: 'NUMERIC_VALUE_OUT_OF_RANGE', message: `${numberNames[overflow[2]!] ?? 'bigint'} ${verb} overflow: ${overflow[3]} ${sign} ${overflow[4]}` };
  }
  if (/Overflow in .*DECIMAL|Could not cast value .* to DECIMAL|Casting value .* to type DECIMAL\(\d+,\d+\) failed|DECIMAL.*out of range/i.test(message)) {
    return { trinoName: 'NUMERIC_VALUE_OUT_OF_RANGE', message: 'Decimal overflow' };
  }
  const range = /(?:Type|type) (\w+) with value (\S+) can't be cast because the value is out of range for the destination type (\w+)/.exec(message);
  if (range) return { trinoName: 'NUMERIC_VALUE_OUT_OF_RANGE', message: `Out of range for ${numberNames[range[3]!] ?? range[3]}: ${range[2]}` };
  if (/Overflow|out of range/i.test(message)) return { trinoName: 'NUMERIC_VALUE_OUT_OF_RANGE', message: firstLine(message) };
  if (/More than one row returned by a subquery/i.test(message)) return { trinoName: 'SUBQUERY_MULTIPLE_ROWS', message: 'Scalar sub-query has returned multiple rows' };
  if (/Map keys must be unique/i.test(message)) return { trinoName: 'INVALID_FUNCTION_ARGUMENT', message: 'Duplicate map keys are not allowed' };
  if (/Map keys can not be NULL/i.test(message)) return { trinoName: 'INVALID_FUNCTION_ARGUMENT', message: 'map key cannot be null' };
  return { trinoName: 'GENERIC_INTERNAL_ERROR', message: firstLine(message) };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!;
}
