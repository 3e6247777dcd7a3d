import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const named = z.object({ name: z.string().optional(), title: z.string().optional(), path: z.string().optional() });
const dataPackage = z.object({
  version: z.string(),
  homepage: z.string().optional(),
  resources: z.array(z.object({ path: z.string(), description: z.string().optional(), licenses: z.array(named).optional(), sources: z.array(named).optional() })),
});
export type Resource = z.infer<typeof dataPackage>['resources'][number];

/** The installed vega-datasets and what it says of its files. */
export function samplePackage() {
  // The package exports its code only, from build/; the data and what describes them lie beside that.
  const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..');
  const { resources, version, homepage } = dataPackage.parse(JSON.parse(readFileSync(path.join(folder, 'datapackage.json'), 'utf8')));
  return {
    version,
    homepage,
    file: (name: string) => path.join(folder, 'data', name),
    /** Undefined where the package does not say under which licence the file is. */
    licensed(name: string): Resource | undefined {
      const resource = resources.find(({ path: at }) => at === name);
      return resource?.licenses?.some((license) => license.title ?? license.name ?? license.path) ? resource : undefined;
    },
  };
}

const phrase = ({ title, name, path: at }: z.infer<typeof named>) => [title ?? name, at].filter(Boolean).join(', ');

/** Who made the files and on what terms, as text. */
export function attributionText(version: string, homepage: string | undefined, used: { table: string; resource: Resource }[]): string {
  const entries = used.map(({ table, resource }) =>
    [
      `samples.${table}  (${resource.path})`,
      ...(resource.sources ?? []).map((source) => `  Source:  ${phrase(source)}`),
      ...(resource.licenses ?? []).map((license) => `  Licence: ${phrase(license)}`),
    ].join('\n'),
  );
  return [
    `The tables of the database "samples" were made from files of vega-datasets ${version}${homepage ? ` (${homepage})` : ''},`,
    'a collection under the BSD 3-Clause License. The data themselves are under the terms stated for each file below.',
    'Some files were stored in another format; their values are unchanged.',
    '',
    ...entries,
    '',
  ].join('\n');
}
