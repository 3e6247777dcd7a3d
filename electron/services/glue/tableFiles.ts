import type { TableFiles } from '../../../shared/contract/catalogPaths.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { readPage } from '../../listing/readPage.ts';
import { normalisedLocation } from './covering.ts';
import { isProjected } from '../../../shared/sql/projection/projection.ts';
import { namedPartition } from './paths.ts';
import type { CatalogSource, Table } from './source.ts';

const MOST_PARTITIONS = 1_000_000;
/** Of each list that crosses to the page. */
const MOST_SHOWN = 1000;
/** Registered partitions outside the table's location, each asked for by a request of its own. */
const MOST_ELSEWHERE = 50;

interface Folder {
  values: string[];
  location: string;
  objects: number;
  bytes: number;
}

interface Request {
  connectionId: string;
  database: string;
  table: string;
  pages: number;
}

/** Athena reads no file or folder whose name begins with `_` or `.`, and nothing that is empty. */
const isData = (below: string, size: number): boolean => size > 0 && !below.split('/').some((name) => /^[_.]/.test(name));

/**
 * Lists a table's location once and holds it against the registered partitions: what is registered and has no file, what
 * has files and is not registered, what is newest. Nothing is kept of the objects themselves.
 */
export async function filesOfTable(aws: AwsConnections, source: CatalogSource, { connectionId, database, table: name, pages }: Request, signal?: AbortSignal): Promise<TableFiles> {
  const table = await source.table(database, name, signal);
  if (!table.location || table.kind === 'view') throw new AppError('BadInput', `${database}.${name} has no location in S3.`, { detail: 'Views and some tables of other catalogs have none.' });
  const root = normalisedLocation(table.location);
  const partitioned = table.partitionKeys.length > 0 && table.kind === 'table';
  const projected = isProjected(table.parameters);
  const registered = partitioned && !projected ? await registeredFolders(source, database, name, signal) : new Map<string, Folder>();
  const tally = new Tally(table, root, registered, partitioned);

  const bucket = root.slice(0, root.indexOf('/'));
  const prefix = root.slice(bucket.length + 1);
  let token: string | undefined;
  let read = 0;
  do {
    const page = await aws.attempt({ connectionId, action: 's3:ListBucket', resource: `s3://${root}` }, ({ s3 }) => readPage(s3, { bucket, prefix, delimiter: '', token, max: 1000 }, signal));
    page.keys.forEach((key, at) => tally.add(key.slice(prefix.length), page.sizes[at] ?? 0, page.modified[at] ?? 0));
    token = page.nextToken;
    read += 1;
  } while (token && read < pages);
  const complete = token === undefined;
  const empty = complete ? await emptyOnes(aws, connectionId, root, registered, signal) : [];
  const unregistered = projected ? [] : [...tally.unregistered.values()];
  return {
    location: `s3://${root}`,
    partitionKeys: table.partitionKeys,
    objects: tally.objects,
    bytes: tally.bytes,
    newest: tally.newest && { uri: tally.newest.uri, modified: new Date(tally.newest.at).toISOString() },
    complete,
    partitions: registered.size,
    projected,
    unregistered: unregistered.slice(0, MOST_SHOWN),
    unregisteredCount: unregistered.length,
    empty: empty.slice(0, MOST_SHOWN).map(({ values, location }) => ({ values, location })),
    emptyCount: empty.length,
    outside: projected ? 0 : tally.outside,
    outsideExample: projected ? undefined : tally.outsideExample,
  };
}

class Tally {
  objects = 0;
  bytes = 0;
  outside = 0;
  outsideExample: string | undefined;
  newest: { uri: string; at: number } | undefined;
  readonly unregistered = new Map<string, Folder>();

  constructor(
    private readonly table: Table,
    private readonly root: string,
    private readonly registered: Map<string, Folder>,
    private readonly partitioned: boolean,
  ) {}

  add(below: string, size: number, modified: number): void {
    if (!isData(below, size)) return;
    this.objects += 1;
    this.bytes += size;
    if (!this.newest || modified > this.newest.at) this.newest = { uri: `s3://${this.root}${below}`, at: modified };
    if (!this.partitioned) return;
    const folder = this.folderOf(below);
    if (folder) {
      folder.objects += 1;
      folder.bytes += size;
    } else {
      this.outside += 1;
      this.outsideExample ??= `s3://${this.root}${below}`;
    }
  }

  /** The registered partition that holds it, else the folder that would be one. */
  private folderOf(below: string): Folder | undefined {
    for (let end = below.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : below.lastIndexOf('/', end - 1)) {
      const known = this.registered.get(this.root + below.slice(0, end + 1));
      if (known) return known;
    }
    const { named, depth } = namedPartition({ database: this.table.database, table: this.table, rest: below });
    if (depth === undefined) return undefined;
    const location = this.root + below.slice(0, depth);
    let folder = this.unregistered.get(location);
    if (!folder) this.unregistered.set(location, (folder = { values: named.map(({ value }) => value), location: `s3://${location}`, objects: 0, bytes: 0 }));
    return folder;
  }
}

async function registeredFolders(source: CatalogSource, database: string, table: string, signal?: AbortSignal): Promise<Map<string, Folder>> {
  const { items } = await source.partitions(database, table, undefined, { max: MOST_PARTITIONS, signal });
  return new Map(items.map(({ values, location = '' }) => [normalisedLocation(location), { values, location, objects: 0, bytes: 0 }]));
}

/** Registered partitions without a file; those outside the table's location are looked for one by one, the first of them. */
async function emptyOnes(aws: AwsConnections, connectionId: string, root: string, registered: Map<string, Folder>, signal?: AbortSignal): Promise<Folder[]> {
  const empty: Folder[] = [];
  let asked = 0;
  for (const [at, folder] of registered) {
    if (folder.objects > 0) continue;
    if (at.startsWith(root)) empty.push(folder);
    else if (asked < MOST_ELSEWHERE) {
      asked += 1;
      const bucket = at.slice(0, at.indexOf('/'));
      const input = { bucket, prefix: at.slice(bucket.length + 1), delimiter: '', token: undefined, max: 1 };
      const found = await aws.attempt({ connectionId, action: 's3:ListBucket', resource: `s3://${at}` }, ({ s3 }) => readPage(s3, input, signal));
      if (found.keys.length === 0) empty.push(folder);
    }
  }
  return empty;
}
