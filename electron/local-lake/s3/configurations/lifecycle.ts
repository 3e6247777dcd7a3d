import { randomBytes } from 'node:crypto';
import { ServiceError } from '../../http/serviceError.ts';
import { STORAGE_CLASSES } from '../storageClasses.ts';
import { malformedXml } from '../xml.ts';
import { days, list, many, one, oneOf, required, struct, text, textOf, yesOrNo, type Tree } from './shape.ts';

const tag = struct({ Key: required(text()), Value: required(text()) });
const sizes = { ObjectSizeGreaterThan: text(/^\d{1,15}$/), ObjectSizeLessThan: text(/^\d{1,15}$/) };
const storageClass = required(oneOf(...STORAGE_CLASSES));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
export const lifecycleMembers = {
  Rule: required(many(struct({
    ID: text(/^[\s\S]{0,255}$/),
    Prefix: text(),
    Filter: struct({ Prefix: text(), Tag: tag, ...sizes, And: struct({ Prefix: text(), Tag: many(tag), ...sizes }) }),
    Status: required(oneOf('Enabled', 'Disabled')),
    Expiration: struct({ Days: days, Date: text(), ExpiredObjectDeleteMarker: yesOrNo }),
    Transition: many(struct({ Days: days, Date: text(), StorageClass: storageClass })),
    NoncurrentVersionExpiration: struct({ NoncurrentDays: days, NewerNoncurrentVersions: days }),
    NoncurrentVersionTransition: many(struct({ NoncurrentDays: days, NewerNoncurrentVersions: days, StorageClass: storageClass })),
    AbortIncompleteMultipartUpload: struct({ DaysAfterInitiation: required(days) }),
  }))),
};

const ACTIONS = ['Expiration', 'Transition', 'NoncurrentVersionExpiration', 'NoncurrentVersionTransition', 'AbortIncompleteMultipartUpload'];
const invalid = (message: string) => new ServiceError('InvalidArgument', message, 400);
const refused = (message: string) => new ServiceError('InvalidRequest', message, 400);

/** The rules a lifecycle configuration must keep beyond its schema; rules without an ID are given one. */
export function checkLifecycle(tree: Tree): Tree {
  const rules = list(tree, 'Rule');
  if (rules.length > 1000) throw refused('A lifecycle configuration may have at most 1000 rules.');
  for (const rule of rules) checkRule(rule);
  const ids = rules.map((rule) => textOf(rule, 'ID') || randomBytes(24).toString('base64'));
  if (new Set(ids).size < ids.length) throw invalid('Rule ID must be unique. Found same ID for more than one rule');
  return { Rule: rules.map((rule, i) => ({ ...rule, ID: ids[i]! })) };
}

function checkRule(rule: Tree): void {
  const filter = one(rule, 'Filter');
  if ((filter === undefined) === (rule.Prefix === undefined)) throw malformedXml();
  if (filter && Object.keys(filter).length > 1) throw malformedXml();
  if (!ACTIONS.some((action) => action in rule)) throw refused('At least one action needs to be specified in a rule');
  const and = filter && one(filter, 'And');
  if (and && Object.keys(and).length + list(and, 'Tag').length < 3 - (and.Tag ? 0 : 1)) throw malformedXml();
  const byTag = Boolean(filter && (filter.Tag ?? and?.Tag));
  const bySize = Boolean(filter && [filter, and].some((f) => f && ('ObjectSizeGreaterThan' in f || 'ObjectSizeLessThan' in f)));
  if (rule.AbortIncompleteMultipartUpload && (byTag || bySize)) {
    throw refused(`AbortIncompleteMultipartUpload cannot be specified with ${byTag ? 'Tags' : 'Object Size'}.`);
  }
  const abort = one(rule, 'AbortIncompleteMultipartUpload');
  if (abort && Number(abort.DaysAfterInitiation) < 1) throw invalid("'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer");
  checkExpiration(rule, byTag || bySize);
  checkTransitions(rule);
  const noncurrent = one(rule, 'NoncurrentVersionExpiration');
  if (noncurrent && noncurrent.NoncurrentDays === undefined) throw malformedXml();
  if (noncurrent && Number(noncurrent.NoncurrentDays) < 1) throw invalid("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
}

function checkExpiration(rule: Tree, filtered: boolean): void {
  const expiration = one(rule, 'Expiration');
  if (!expiration) return;
  const members = Object.keys(expiration);
  if (members.length !== 1) throw malformedXml();
  if (expiration.Days !== undefined && Number(expiration.Days) < 1) throw invalid("'Days' for Expiration action must be a positive integer");
  checkDate(textOf(expiration, 'Date'));
  if (expiration.ExpiredObjectDeleteMarker !== undefined && filtered) throw refused('ExpiredObjectDeleteMarker cannot be specified with Tags or Object Size.');
}

/** S3's order of the classes that objects can be moved down to, with the age they need at least. */
const MINIMUM_DAYS: Record<string, number> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

function checkTransitions(rule: Tree): void {
  const transitions = list(rule, 'Transition');
  const expires = textOf(one(rule, 'Expiration'), 'Days');
  for (const transition of transitions) {
    const [age, date, into] = [textOf(transition, 'Days'), textOf(transition, 'Date'), textOf(transition, 'StorageClass')!];
    if ((age === undefined) === (date === undefined)) throw malformedXml();
    checkDate(date);
    if (into === 'STANDARD' || into === 'REDUCED_REDUNDANCY') throw malformedXml();
    const least = MINIMUM_DAYS[into] ?? 0;
    if (age !== undefined && Number(age) < least) throw invalid(`'Days' in Transition action must be greater than or equal to ${least} for storageClass '${into}'`);
    if (age !== undefined && expires !== undefined && Number(expires) <= Number(age)) {
      throw invalid(`'Days' in the Expiration action for filter '${describeFilter(rule)}' must be greater than 'Days' in the Transition action`);
    }
  }
  const classes = transitions.map((t) => t.StorageClass);
  if (new Set(classes).size < classes.length) throw refused(`'StorageClass' must be different for 'Transition' actions in same 'Rule' with ${describeFilter(rule)}`);
  for (const transition of list(rule, 'NoncurrentVersionTransition')) {
    if (transition.NoncurrentDays === undefined) throw malformedXml();
    const into = textOf(transition, 'StorageClass')!;
    const least = MINIMUM_DAYS[into] ?? 0;
    if (Number(transition.NoncurrentDays) < least) throw invalid(`'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to ${least} for storageClass '${into}'`);
  }
}

function checkDate(date: string | undefined): void {
  if (date === undefined) return;
  const ms = Date.parse(date);
  if (Number.isNaN(ms)) throw malformedXml();
  if (ms % 86_400_000 !== 0) throw invalid("'Date' must be at midnight GMT");
}

const describeFilter = (rule: Tree) => `(prefix=${textOf(rule, 'Prefix') ?? textOf(one(rule, 'Filter'), 'Prefix') ?? ''})`;
