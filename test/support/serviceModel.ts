import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Schemas as the AWS SDK publishes them with each client: `[kind, namespace, name, traits, …]`, a number for simple types. */
type Schema = number | unknown[] | (() => Schema);
const LIST_OF = 64;
const MAP_OF = 128;
const SIMPLE: Record<number, string> = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'number', 5: 'string', 6: 'number', 7: 'number', 17: 'number', 19: 'number', 21: 'string' };

/** What in a JSON body the model does not know or knows otherwise. */
export function modelViolations(schema: Schema, value: unknown, at = ''): string[] {
  if (typeof schema === 'function') return modelViolations(schema(), value, at);
  if (value === null || value === undefined) return [];
  if (typeof schema === 'number') {
    if (schema & MAP_OF) return inMap(schema & ~MAP_OF, value, at);
    if (schema & LIST_OF) return inList(schema & ~LIST_OF, value, at);
    const wanted = SIMPLE[schema];
    return wanted === undefined || typeof value === wanted ? [] : [`${at} is a ${typeof value}, not a ${wanted}`];
  }
  const [kind] = schema;
  if (kind === 0) return modelViolations(schema[4] as Schema, value, at);
  if (kind === 1) return inList(schema[4] as Schema, value, at);
  if (kind === 2) return inMap(schema[5] as Schema, value, at);
  if (typeof value !== 'object' || Array.isArray(value)) return [`${at} is not an object`];
  const names = schema[4] as string[];
  const members = schema[5] as Schema[];
  return Object.entries(value).flatMap(([name, member]) => {
    const index = names.indexOf(name);
    return index < 0 ? [`${at}.${name} is no member of ${String(schema[2])}`] : modelViolations(members[index]!, member, `${at}.${name}`);
  });
}

const inList = (of: Schema, value: unknown, at: string) => (Array.isArray(value) ? value.flatMap((item, i) => modelViolations(of, item, `${at}[${i}]`)) : [`${at} is not a list`]);
const inMap = (of: Schema, value: unknown, at: string) =>
  typeof value === 'object' && !Array.isArray(value) ? Object.entries(value!).flatMap(([key, item]) => modelViolations(of, item, `${at}.${key}`)) : [`${at} is not a map`];

/**
 * A request handler for an SDK client of a JSON service that holds every response, errors too, against the models of the
 * client's module, and collects what does not fit in `violations`.
 */
export function checkingHandler(sdk: Record<string, unknown>) {
  const inner = new NodeHttpHandler();
  const violations: string[] = [];
  const handle: NodeHttpHandler['handle'] = async (request, options) => {
    const { response } = await inner.handle(request, options);
    const body = (await text(response.body as Readable));
    const operation = (request.headers['x-amz-target'] ?? '').split('.')[1]!;
    violations.push(...check(operation, response.statusCode, body));
    response.body = Readable.from([Buffer.from(body)]);
    return { response };
  };
  function check(operation: string, status: number, body: string): string[] {
    const json = JSON.parse(body || '{}') as { __type?: string };
    if (status < 300) {
      const schema = (sdk[`${operation}Response$`] ?? sdk[`${operation}Output$`]) as Schema | undefined;
      return schema === undefined ? [`${operation} has no output in the model`] : modelViolations(schema, json, operation);
    }
    const { __type = '', ...members } = json;
    const name = __type.split('#').at(-1)!;
    const schema = sdk[`${name}$`] as Schema | undefined;
    if (name === 'UnknownOperationException') return [];
    return schema === undefined ? [`${operation} failed with ${name}, which the model does not have`] : modelViolations(schema, lowerMessage(schema, members), `${operation} ${name}`);
  }
  return Object.assign(inner, { violations, requestHandler: { handle, metadata: inner.metadata, destroy: () => inner.destroy(), httpHandlerConfigs: () => inner.httpHandlerConfigs(), updateHttpClientConfig: () => undefined } });
}

/** Services write `message` or `Message`; the SDK takes both. */
function lowerMessage(schema: Schema, members: Record<string, unknown>): Record<string, unknown> {
  const names = (schema as unknown[])[4] as string[];
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [names.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key, value]));
}
