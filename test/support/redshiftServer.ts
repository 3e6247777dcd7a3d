import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DuckDBInstance, DuckDBTypeId, type DuckDBConnection, type DuckDBDecimalType, type DuckDBType } from '@duckdb/node-api';

type Json = Record<string, unknown>;

/** An error as the Data API answers it. */
class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly more: Json = {},
  ) {
    super(message);
  }
}

interface Statement {
  id: string;
  sql: string;
  place: Json;
  status: 'SUBMITTED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';
  created: number;
  updated: number;
  error?: string;
  columns: Json[];
  rows: Json[][];
  connection?: DuckDBConnection;
}

const PAGE_ROWS = 500;
const TYPES: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.BOOLEAN]: 'bool',
  [DuckDBTypeId.SMALLINT]: 'int2',
  [DuckDBTypeId.INTEGER]: 'int4',
  [DuckDBTypeId.BIGINT]: 'int8',
  [DuckDBTypeId.HUGEINT]: 'int8',
  [DuckDBTypeId.FLOAT]: 'float4',
  [DuckDBTypeId.DOUBLE]: 'float8',
  [DuckDBTypeId.DECIMAL]: 'numeric',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamptz',
  [DuckDBTypeId.BLOB]: 'varbyte',
};

const columnOf = (name: string, type: DuckDBType): Json => ({
  ...{ name, label: name, typeName: TYPES[type.typeId] ?? 'varchar', nullable: 1, isSigned: true, isCurrency: false, isCaseSensitive: true, length: 0, schemaName: '', tableName: '' },
  ...(type.typeId === DuckDBTypeId.DECIMAL ? { precision: (type as DuckDBDecimalType).width, scale: (type as DuckDBDecimalType).scale } : { precision: 0, scale: 0 }),
});

/** Written into the JSON as the number it is, however long. */
const exactly = (digits: string) => `\u0000${digits}\u0000`;

function fieldOf(value: unknown, type: DuckDBType): Json {
  if (value === null) return { isNull: true };
  switch (TYPES[type.typeId]) {
    case 'bool':
      return { booleanValue: value };
    case 'int2':
    case 'int4':
    case 'int8':
      return { longValue: exactly(String(value)) };
    case 'float4':
    case 'float8':
      return { doubleValue: value };
    case 'varbyte':
      return { blobValue: Buffer.from(String(value), 'latin1').toString('base64') };
    default:
      return { stringValue: String(value) };
  }
}

/**
 * Redshift's Data API as its reference describes it (https://docs.aws.amazon.com/redshift-data/latest/APIReference/), over a
 * DuckDB in memory. Tests hold its answers against the SDK's own model.
 */
export async function startRedshift() {
  const instance = await DuckDBInstance.create(':memory:', { errors_as_json: 'true' });
  const control = await instance.connect();
  const statements = new Map<string, Statement>();
  const tokens = new Map<string, string>();
  const seen: { operation: string; input: Json }[] = [];

  function placeOf(input: Json): Json {
    const { ClusterIdentifier, WorkgroupName, DbUser, SecretArn, Database } = input;
    if (!ClusterIdentifier === !WorkgroupName) throw new ServiceError('ValidationException', 'Either ClusterIdentifier or WorkgroupName is to be given.');
    if (WorkgroupName === 'nobody') throw new ServiceError('AccessDeniedException', 'User is not authorized to perform: redshift-data:ExecuteStatement');
    return { ClusterIdentifier, WorkgroupName, DbUser, SecretArn, Database };
  }

  function find({ Id }: Json): Statement {
    const found = statements.get(String(Id));
    if (!found) throw new ServiceError('ResourceNotFoundException', 'Query does not exist.', { ResourceId: String(Id) });
    return found;
  }

  async function run(statement: Statement): Promise<void> {
    const connection = await instance.connect();
    Object.assign(statement, { status: 'STARTED', updated: Date.now(), connection });
    try {
      const result = await connection.runAndReadAll(statement.sql);
      const types = result.columnTypes();
      statement.columns = result.columnNames().map((name, i) => columnOf(name, types[i]!));
      statement.rows = result.getRowsJson().map((row) => row.map((value, i) => fieldOf(value, types[i]!)));
      if (statement.status === 'STARTED') statement.status = 'FINISHED';
    } catch (error) {
      if (statement.status === 'ABORTED') return;
      const said = /\{.*\}/s.exec((error as Error).message);
      const { exception_message, position } = JSON.parse(said?.[0] ?? '{}') as { exception_message?: string; position?: string };
      statement.error = `ERROR: ${exception_message ?? (error as Error).message}${position === undefined ? '' : `\n  Position: ${Number(position) + 1};`}`;
      statement.status = 'FAILED';
    } finally {
      statement.updated = Date.now();
      connection.closeSync();
    }
  }

  const pageOf = (found: string[][], { MaxResults, NextToken }: Json) => {
    const start = Number(NextToken ?? 0);
    const next = start + Number(MaxResults ?? 1000);
    return { page: found.slice(start, next), NextToken: next < found.length ? String(next) : undefined };
  };
  const rowsOf = async (sql: string) => (await control.runAndReadAll(sql)).getRowsJson() as string[][];

  const operations: Record<string, (input: Json) => Promise<Json> | Json> = {
    ExecuteStatement(input) {
      const place = placeOf(input);
      const token = input.ClientToken as string | undefined;
      const known = token && tokens.get(token);
      const statement = known ? statements.get(known)! : { id: randomUUID(), sql: String(input.Sql), place, status: 'SUBMITTED' as const, created: Date.now(), updated: Date.now(), columns: [], rows: [] };
      if (!known) {
        statements.set(statement.id, statement);
        if (token) tokens.set(token, statement.id);
        void run(statement);
      }
      return { Id: statement.id, CreatedAt: statement.created / 1000, ...place };
    },
    DescribeStatement(input) {
      const { id, sql, place, status, created, updated, error, columns, rows } = find(input);
      const ended = status === 'FINISHED';
      return { Id: id, QueryString: sql, ...place, Status: status, CreatedAt: created / 1000, UpdatedAt: updated / 1000, Duration: (updated - created) * 1e6, Error: error, HasResultSet: ended && columns.length > 0 && columns[0]!.name !== 'Count', ResultRows: ended ? rows.length : -1, ResultSize: ended ? rows.length * 10 : -1, RedshiftPid: 1, RedshiftQueryId: 1, ResultFormat: 'JSON' };
    },
    CancelStatement(input) {
      const statement = find(input);
      if (statement.status !== 'STARTED' && statement.status !== 'SUBMITTED') throw new ServiceError('ValidationException', `Could not cancel a query that is already in ${statement.status} state with ID: ${statement.id}`);
      Object.assign(statement, { status: 'ABORTED', updated: Date.now() });
      statement.connection?.interrupt();
      return { Status: true };
    },
    GetStatementResult(input) {
      const { columns, rows, status } = find(input);
      if (status !== 'FINISHED') throw new ServiceError('ResourceNotFoundException', 'Query does not have result. Please check query status with DescribeStatement.', { ResourceId: String(input.Id) });
      const start = Number(input.NextToken ?? 0);
      const next = start + PAGE_ROWS;
      return { ColumnMetadata: columns, Records: rows.slice(start, next), TotalNumRows: rows.length, NextToken: next < rows.length ? String(next) : undefined };
    },
    ListDatabases: (input) => ({ Databases: [placeOf(input).Database, 'dev'] }),
    async ListSchemas(input) {
      placeOf(input);
      const found = await rowsOf("SELECT DISTINCT schema_name FROM information_schema.schemata WHERE schema_name <> 'main' ORDER BY ALL");
      const { page, NextToken } = pageOf(found, input);
      return { Schemas: page.map(([name]) => name), NextToken };
    },
    async ListTables(input) {
      placeOf(input);
      if (input.SchemaPattern === 'secret') throw new ServiceError('AccessDeniedException', 'User is not authorized to perform: redshift-data:ListTables');
      const found = await rowsOf(`SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema LIKE '${String(input.SchemaPattern ?? '%')}' ORDER BY ALL`);
      const { page, NextToken } = pageOf(found, input);
      return { Tables: page.map(([schema, name, type]) => ({ schema, name, type: type === 'VIEW' ? 'VIEW' : 'TABLE' })), NextToken };
    },
    async DescribeTable(input) {
      placeOf(input);
      const found = await rowsOf(`SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '${String(input.Schema)}' AND table_name = '${String(input.Table)}' ORDER BY ordinal_position`);
      return { TableName: input.Table, ColumnList: found.map(([name, type]) => ({ name, typeName: type!.toLowerCase() })) };
    },
  };

  async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const operation = String(request.headers['x-amz-target']).split('.')[1]!;
    const input = JSON.parse((await text(request)) || '{}') as Json;
    seen.push({ operation, input });
    try {
      const handler = operations[operation];
      if (!handler) throw new ServiceError('UnknownOperationException', operation);
      const body = JSON.stringify(await handler(input));
      return { status: 200, body: body.replace(/"\\u0000(-?\d+)\\u0000"/g, '$1') };
    } catch (error) {
      const { code, message, more } = error instanceof ServiceError ? error : new ServiceError('InternalServerException', String(error));
      return { status: code === 'InternalServerException' ? 500 : 400, body: JSON.stringify({ __type: code, Message: message, ...more }) };
    }
  }

  const server = createServer((request, response) => {
    const [service] = String(request.headers['x-amz-target'] ?? '').split('.');
    // The other services of a connection that has this one endpoint: none of them may be used.
    if (service !== 'RedshiftData') {
      request.resume();
      if (service) return response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type: 'AccessDeniedException', Message: 'Denied.' }));
      const error = '<Error><Code>AccessDenied</Code><Message>Denied.</Message></Error>';
      return response.writeHead(403, { 'content-type': 'application/xml' }).end(request.method === 'POST' ? `<ErrorResponse>${error}</ErrorResponse>` : error);
    }
    void answer(request).then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    /** Prepares what statements will find. */
    sql: (statement: string) => control.run(statement),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      control.closeSync();
      instance.closeSync();
    },
  };
}

export type TestRedshift = Awaited<ReturnType<typeof startRedshift>>;
