import { z } from 'zod';
import { invalidInput } from './errors.ts';
import { decodeToken, takePage } from './paging.ts';
import * as s from './schemas.ts';
import type { Tables } from './tables.ts';
import type { GlueTable } from './types.ts';

const filter = z.object({ Key: s.optional(z.string()), Value: s.optional(z.string()), Comparator: s.optional(z.string()) });
const input = s.inCatalog.extend({
  SearchText: s.optional(z.string().max(1024)),
  Filters: s.optional(z.array(filter)),
  SortCriteria: s.optional(z.array(z.object({ FieldName: z.string(), Sort: z.enum(['ASC', 'DESC']) })).max(1)),
  ...s.paged(1000),
});

const FIELDS: Record<string, (table: GlueTable) => string | undefined> = {
  Name: (table) => table.Name,
  DatabaseName: (table) => table.DatabaseName,
  Owner: (table) => table.Owner,
  Description: (table) => table.Description,
  TableType: (table) => table.TableType,
  Location: (table) => table.StorageDescriptor?.Location,
};

/** https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html: text anywhere, or words; filters are all to hold. */
export const searchTables = {
  input,
  async run(tables: Tables, { SearchText, Filters = [], SortCriteria = [], MaxResults, NextToken }: z.output<typeof input>) {
    const wanted = [...Filters.map(toTest), textTest(SearchText)];
    const matches = (table: GlueTable) => wanted.every((test) => test(table));
    const page = await takePage(tables.all(decodeToken(NextToken, 't/')), MaxResults ?? 100, (table) => (matches(table) ? table : undefined));
    const [sort] = SortCriteria;
    if (sort) {
      const field = FIELDS[sort.FieldName];
      if (!field) throw invalidInput(`Tables cannot be sorted by ${sort.FieldName}; sort by one of ${Object.keys(FIELDS).join(', ')}.`);
      const sign = sort.Sort === 'ASC' ? 1 : -1;
      page.items.sort((a, b) => sign * (field(a) ?? '').localeCompare(field(b) ?? ''));
    }
    return { TableList: page.items, NextToken: page.nextToken };
  },
};

function toTest({ Key, Value, Comparator }: z.output<typeof filter>): (table: GlueTable) => boolean {
  const field = FIELDS[Key ?? ''] ?? ((table: GlueTable) => table.Parameters?.[Key ?? '']);
  if (Comparator !== undefined && Comparator !== 'EQUALS') throw invalidInput(`The comparator ${Comparator} is for times only; text is compared with EQUALS.`);
  return (table) => Value === undefined || field(table)?.toLowerCase() === Value.toLowerCase();
}

/** Quoted text is looked for as it is; else each word must occur in a name, column, description, location or parameter. */
function textTest(text = ''): (table: GlueTable) => boolean {
  const quoted = /^"(.*)"$/.exec(text.trim());
  const words = (quoted ? [quoted[1]!] : text.trim().split(/\s+/)).filter(Boolean).map((word) => word.toLowerCase());
  return (table) => {
    const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
    const texts = [table.Name, table.DatabaseName, table.Description, table.StorageDescriptor?.Location, ...columns.flatMap((c) => [c.Name, c.Comment]), ...Object.values(table.Parameters ?? {})];
    const all = texts.filter((t) => t !== undefined).join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}
