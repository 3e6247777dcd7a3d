import { ServiceError } from '../../http/serviceError.ts';
import { xmlResponse, type Operation, type S3Context } from '../context.ts';
import { document, element } from '../xml.ts';
import { keep } from './bucketConfigurations.ts';

interface Statement {
  Effect?: unknown;
  Principal?: unknown;
  Resource?: unknown;
  Condition?: unknown;
}
const MAX_BYTES = 20 * 1024;
const RESOURCE = 'policy';
const malformed = (message: string) => new ServiceError('MalformedPolicy', message, 400);
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function statementsOf(text: string): Statement[] {
  let policy: { Statement?: unknown; Version?: unknown };
  try {
    policy = JSON.parse(text) as typeof policy;
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!text.startsWith('{')) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (policy.Version !== undefined && policy.Version !== '2012-10-17' && policy.Version !== '2008-10-17') throw malformed('The policy must contain a valid version string');
  if (policy.Statement === undefined) throw malformed('Missing required field Statement');
  return asList(policy.Statement) as Statement[];
}

function checkStatement(statement: Statement, bucket: string): void {
  if (typeof statement !== 'object' || statement === null) throw malformed('Statement is not an object');
  const has = (...names: string[]) => names.some((name) => name in statement);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed(`Invalid effect: ${String(statement.Effect ?? '')}`);
  for (const names of [['Principal', 'NotPrincipal'], ['Action', 'NotAction'], ['Resource', 'NotResource']]) if (!has(...names)) throw malformed(`Missing required field ${names[0]}`);
  const own = `arn:aws:s3:::${bucket}`;
  const foreign = asList(statement.Resource ?? []).flat().some((arn) => typeof arn !== 'string' || !(arn === own || arn.startsWith(`${own}/`) || /^(arn:aws:s3:::)?\*/.test(arn)));
  if (foreign) throw malformed('Policy has invalid resource');
}

const stored = ({ store, bucket }: S3Context): string => {
  const text = store.bucket(bucket).configurations?.[RESOURCE];
  if (typeof text !== 'string') throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: bucket });
  return text;
};

export const getBucketPolicy: Operation = async (context) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: stored(context) });

/** Kept and given back, not enforced: whoever has the lake's keys is its owner, and may do everything. */
export const putBucketPolicy: Operation = async (context) => {
  const { store, bucket, payload } = context;
  store.bucket(bucket);
  const text = await payload.text();
  if (Buffer.byteLength(text) > MAX_BYTES) throw new ServiceError('PolicyTooLarge', 'Your policy exceeds the maximum allowed document size.', 400);
  const statements = statementsOf(text);
  for (const statement of statements) checkStatement(statement, bucket);
  const block = (store.bucket(bucket).configurations?.publicAccessBlock as { xml?: string } | undefined)?.xml ?? '';
  if (block.includes('<BlockPublicPolicy>true<') && isPublic(statements)) throw new ServiceError('AccessDenied', 'Access Denied: the public access block of this bucket refuses public policies.', 403);
  await keep(context, RESOURCE, text);
  return { status: 204 };
};

export const deleteBucketPolicy: Operation = async (context) => {
  context.store.bucket(context.bucket);
  await keep(context, RESOURCE, undefined);
  return { status: 204 };
};

/** Something is allowed to everybody, under no condition. */
const isPublic = (statements: Statement[]) =>
  statements.some(({ Effect, Principal, Condition }) => {
    const everybody = Principal === '*' || (typeof Principal === 'object' && Principal !== null && asList((Principal as { AWS?: unknown }).AWS).includes('*'));
    return Effect === 'Allow' && everybody && Condition === undefined;
  });

export const getBucketPolicyStatus: Operation = async (context) => xmlResponse(document('PolicyStatus', [element('IsPublic', isPublic(statementsOf(stored(context))))]));
