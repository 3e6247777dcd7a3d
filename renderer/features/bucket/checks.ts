import type { TFunction } from 'i18next';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';
import { lifecycleProblems } from './lifecycle/validate.ts';
import { policyRisks } from './policyRisks.ts';

export interface Checked {
  /** Would be refused by S3. */
  problems: string[];
  /** Allowed, and easily regretted. */
  warnings: string[];
}

type T = TFunction<'bucket'>;
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const strings = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

function corsProblems(value: { CORSRules?: unknown }, t: T): string[] {
  const rules = value.CORSRules;
  if (!Array.isArray(rules) || rules.length === 0) return [t('check.corsRules')];
  if (rules.length > 100) return [t('check.corsMany')];
  return rules.flatMap((rule: { AllowedMethods?: unknown; AllowedOrigins?: unknown }, index) => {
    const at = { n: index + 1 };
    const origins = rule.AllowedOrigins;
    const methods = rule.AllowedMethods;
    return [
      ...(!strings(origins) || origins.length === 0 || origins.some((origin) => origin.split('*').length > 2) ? [t('check.corsOrigins', at)] : []),
      ...(!strings(methods) || methods.length === 0 || methods.some((method) => !METHODS.includes(method)) ? [t('check.corsMethods', at)] : []),
    ];
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html: 50 tags, keys of 128, values of 256. */
function tagProblems(value: { TagSet?: unknown }, t: T): string[] {
  const tags = value.TagSet;
  if (!Array.isArray(tags)) return [t('check.tagSet')];
  const keys = tags.map((tag: { Key?: unknown }) => String(tag.Key ?? ''));
  return [
    ...(tags.length > 50 ? [t('check.tagsMany')] : []),
    ...(new Set(keys).size < keys.length ? [t('check.tagTwice')] : []),
    ...(tags.some((tag: { Key?: unknown; Value?: unknown }) => typeof tag.Key !== 'string' || tag.Key === '' || tag.Key.length > 128 || typeof tag.Value !== 'string' || tag.Value.length > 256) ? [t('check.tagLength')] : []),
    ...(keys.some((key) => key.startsWith('aws:')) ? [t('check.tagAws')] : []),
  ];
}

/** What is wrong with a configuration before it is sent, and what to think about twice. */
export function check(section: BucketSection, before: unknown, value: unknown, t: T): Checked {
  const checked: Checked = { problems: [], warnings: [] };
  if (value === null) return section === 'publicAccess' ? { problems: [], warnings: [t('check.publicOff')] } : checked;
  const record = value as Record<string, unknown>;
  switch (section) {
    case 'cors':
      checked.problems = corsProblems(record, t);
      break;
    case 'tags':
      checked.problems = tagProblems(record, t);
      break;
    case 'policy':
      if (!record.Statement) checked.problems = [t('check.policyStatement')];
      if (JSON.stringify(value).length > 20_480) checked.problems.push(t('check.policySize'));
      checked.warnings = policyRisks(value).map((risk) => t(`check.policy_${risk}`));
      break;
    case 'versioning':
      if ((before as { Status?: unknown } | null)?.Status === undefined) checked.warnings = [t('check.versioningForever')];
      else if (record.Status === 'Suspended') checked.warnings = [t('check.versioningSuspended')];
      break;
    case 'publicAccess':
      if (['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].some((name) => record[name] !== true)) checked.warnings = [t('check.publicOff')];
      break;
    case 'requestPayment':
      checked.warnings = [t(record.Payer === 'Requester' ? 'check.payRequester' : 'check.payOwner')];
      break;
    case 'logging': {
      const target = (record.LoggingEnabled as { TargetBucket?: unknown } | undefined)?.TargetBucket;
      if (typeof target !== 'string' || target === '') checked.problems = [t('check.loggingTarget')];
      break;
    }
    case 'lifecycle':
      checked.problems = lifecycleProblems(record, t);
      checked.warnings = [t('check.lifecycle')];
      break;
  }
  return checked;
}
