import type { S3Client } from '@aws-sdk/client-s3';
import { errorTypeRegistries } from '@aws-sdk/client-s3';
import { NormalizedSchema } from '@smithy/core/schema';
import { XMLParser } from 'fast-xml-parser';
import { Readable } from 'node:stream';

/**
 * Error codes of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (and of the pages of the operations
 * used here) that the lake may answer; the model itself names only the few that SDKs have classes for.
 */
const DOCUMENTED = new Set([
  ...['AccessControlListNotSupported', 'AccessDenied', 'AuthorizationHeaderMalformed', 'AuthorizationQueryParametersError', 'BadDigest', 'BadRequest', 'BucketAlreadyOwnedByYou', 'BucketNotEmpty', 'EntityTooLarge'],
  ...['EntityTooSmall', 'IllegalLocationConstraintException', 'IncompleteBody', 'InternalError', 'InvalidAccessKeyId', 'InvalidArgument', 'InvalidBucketName', 'InvalidDigest', 'InvalidPart'],
  ...['InvalidPartNumber', 'InvalidPartOrder', 'InvalidRange', 'InvalidRequest', 'InvalidStorageClass', 'InvalidTag', 'InvalidToken', 'InvalidURI', 'KeyTooLongError', 'MalformedXML'],
  ...['MalformedTrailerError', 'MaxMessageLengthExceeded', 'MetadataTooLarge', 'MethodNotAllowed', 'MissingContentLength', 'NoSuchBucket', 'NoSuchBucketPolicy', 'NoSuchCORSConfiguration'],
  ...['NoSuchKey', 'NoSuchLifecycleConfiguration', 'NoSuchPublicAccessBlockConfiguration', 'NoSuchTagSet', 'NoSuchUpload', 'NoSuchVersion', 'NoSuchWebsiteConfiguration', 'NotImplemented'],
  ...['InvalidBucketState', 'InvalidTargetBucketForLogging', 'MalformedPolicy', 'NoSuchConfiguration', 'NoSuchObjectLockConfiguration', 'PolicyTooLarge', 'RestoreAlreadyInProgress'],
  ...['ObjectLockConfigurationNotFoundError', 'OwnershipControlsNotFoundError', 'PreconditionFailed', 'ReplicationConfigurationNotFoundError', 'RequestTimeTooSkewed'],
  ...['ServerSideEncryptionConfigurationNotFoundError', 'ServiceUnavailable', 'SignatureDoesNotMatch', 'XAmzContentSHA256Mismatch'],
]);
/** Headers of HTTP itself and of every S3 answer. */
const COMMON_HEADERS = new Set(['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'last-modified', 'transfer-encoding', 'x-amz-id-2', 'x-amz-request-id']);

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, ignoreDeclaration: true, removeNSPrefix: true });

interface WireResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}
/** The SDK's static schema of an operation: kind, namespace, name, traits, input, output. */
type OperationSchema = [number, string, string, unknown, () => unknown, () => unknown];

/** What an answer says that the service model does not know; empty where all is as the model has it. */
export interface ModelCheck {
  findings: string[];
  /** Operations whose answers were looked at. */
  operations: Set<string>;
}

/** Checks every answer this client receives, before the SDK reads it, against the service model the SDK carries. */
export function checkAgainstModel(client: S3Client): ModelCheck {
  const check: ModelCheck = { findings: [], operations: new Set() };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = result.response as WireResponse;
      const [, , operation, , , output] = (context as unknown as { __smithy_context: { operationSchema: OperationSchema } }).__smithy_context.operationSchema;
      check.operations.add(operation);
      const report = (what: string) => check.findings.push(`${operation} ${response.statusCode}: ${what}`);
      if (response.statusCode >= 300) await checkError(response, report);
      else await checkOutput(response, NormalizedSchema.of(output() as never), report);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'modelCheck' },
  );
  return check;
}

async function checkError(response: WireResponse, report: (what: string) => void): Promise<void> {
  const text = await takeText(response);
  if (text === '') return; // HEAD and 304 have no body
  const error = (parser.parse(text) as { Error?: { Code?: string; Message?: string; RequestId?: string } }).Error;
  if (!error?.Code || error.Message === undefined || !error.RequestId) return report(`not an Error document: ${text.slice(0, 200)}`);
  const modelled = errorTypeRegistries.some((registry) => registry.find((schema) => (schema as unknown as unknown[])[2] === error.Code));
  if (!modelled && !DOCUMENTED.has(error.Code)) report(`unknown error code ${error.Code}`);
}

async function checkOutput(response: WireResponse, schema: NormalizedSchema, report: (what: string) => void): Promise<void> {
  const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
  const headers = new Set(members.flatMap(([, member]) => (member.getMergedTraits().httpHeader ? [member.getMergedTraits().httpHeader!.toLowerCase()] : [])));
  const prefixes = members.flatMap(([, member]) => member.getMergedTraits().httpPrefixHeaders ?? []);
  for (const name of Object.keys(response.headers)) {
    if (!COMMON_HEADERS.has(name) && !headers.has(name) && !prefixes.some((prefix) => name.startsWith(prefix))) report(`unknown header ${name}`);
  }
  const payload = members.find(([, member]) => member.getMergedTraits().httpPayload)?.[1];
  if (payload?.isStreaming() || payload?.isStringSchema()) return;
  const text = await takeText(response);
  if (text === '') return;
  const shape = payload ?? schema;
  const [root, content] = Object.entries(parser.parse(text) as Record<string, unknown>)[0] ?? [];
  const expected = (shape.getMergedTraits().xmlName ?? shape.getName()) as string;
  if (root !== expected) report(`the root element is ${root}, not ${expected}`);
  if (root !== 'LocationConstraint') checkElements(content, shape, root ?? '', report);
}

function checkElements(content: unknown, schema: NormalizedSchema, at: string, report: (what: string) => void): void {
  if (Array.isArray(content)) return content.forEach((one) => checkElements(one, schema, at, report));
  if (typeof content !== 'object' || content === null) {
    if (schema.isStructSchema() && content !== '') report(`${at} has text where the model has members`);
    return checkScalar(content, schema, at, report);
  }
  if (schema.isListSchema()) {
    const name = schema.getValueSchema().getMergedTraits().xmlName ?? 'member';
    for (const [child, value] of Object.entries(content)) {
      if (child === name) checkElements(value, schema.getValueSchema(), `${at}/${child}`, report);
      else report(`unknown element ${at}/${child}`);
    }
    return;
  }
  if (!schema.isStructSchema()) return report(`${at} has elements where the model has a value`);
  const members = new Map([...schema.structIterator()].map(([name, member]) => [(member.getMergedTraits().xmlName as string | undefined) ?? name, member]));
  for (const [child, value] of Object.entries(content)) {
    const member = members.get(child);
    if (!member || member.getMergedTraits().httpHeader) report(`unknown element ${at}/${child}`);
    else checkElements(value, member.isListSchema() && member.getMergedTraits().xmlFlattened ? member.getValueSchema() : member, `${at}/${child}`, report);
  }
}

function checkScalar(value: unknown, schema: NormalizedSchema, at: string, report: (what: string) => void): void {
  const text = String(value);
  if (schema.isNumericSchema() && !/^-?\d+$/.test(text)) report(`${at} is not a number: ${text}`);
  if (schema.isBooleanSchema() && !/^(true|false)$/.test(text)) report(`${at} is not a boolean: ${text}`);
  if (schema.isTimestampSchema() && Number.isNaN(Date.parse(text))) report(`${at} is not a time: ${text}`);
}

/** Reads the body and puts it back for the SDK. */
async function takeText(response: WireResponse): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  response.body = Readable.from(bytes.length > 0 ? [bytes] : []);
  return bytes.toString('utf8');
}
