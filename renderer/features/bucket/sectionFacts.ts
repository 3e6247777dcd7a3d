import type { TFunction } from 'i18next';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';

type Value = Record<string, unknown>;
type Fact = readonly [label: string, value: string | undefined];
interface EncryptionRule { ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string }; BucketKeyEnabled?: boolean }
interface Grant { Grantee?: { DisplayName?: string; ID?: string; URI?: string; EmailAddress?: string }; Permission?: string }
interface CorsRule { AllowedOrigins?: string[]; AllowedMethods?: string[]; AllowedHeaders?: string[]; MaxAgeSeconds?: number }

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;
const ALGORITHMS: Record<string, string> = { AES256: 'SSE-S3 (AES256)', 'aws:kms': 'SSE-KMS', 'aws:kms:dsse': 'DSSE-KMS' };
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A part of a bucket's configuration as labels and values; undefined where only its JSON says it all. */
export function factsOf(section: BucketSection, value: Value, t: TFunction<'bucket'>): Fact[] | undefined {
  const yesNo = (on: unknown) => t(on === true ? 'said.yes' : 'said.no');
  switch (section) {
    case 'encryption': {
      const [rule, ...others] = list(value.Rules) as EncryptionRule[];
      if (!rule || others.length > 0) return undefined;
      const { SSEAlgorithm = '', KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
      const kms = SSEAlgorithm.startsWith('aws:');
      return [[t('field.algorithm'), ALGORITHMS[SSEAlgorithm] ?? SSEAlgorithm], [t('said.key'), kms ? (KMSMasterKeyID ?? 'aws/s3') : undefined], [t('said.bucketKey'), kms ? yesNo(rule.BucketKeyEnabled) : undefined]];
    }
    case 'publicAccess':
      return BLOCKS.map((name) => [t(`field.${name}`), yesNo(value[name])]);
    case 'ownership':
      return list(value.Rules).map((rule) => {
        const kind = (rule as { ObjectOwnership?: string }).ObjectOwnership ?? '';
        return [kind, t(`said.ownership.${kind}`, { defaultValue: kind })];
      });
    case 'acl': {
      const owner = value.Owner as Grant['Grantee'];
      const name = (who: Grant['Grantee']) => who?.DisplayName ?? who?.EmailAddress ?? who?.URI?.split('/').at(-1) ?? who?.ID;
      return [[t('field.owner'), name(owner)], ...list(value.Grants).map((grant): Fact => [(grant as Grant).Permission ?? '', name((grant as Grant).Grantee)])];
    }
    case 'tags':
      return list(value.TagSet).map((tag) => [(tag as { Key: string }).Key, (tag as { Value: string }).Value || '""']);
    case 'cors':
      return list(value.CORSRules).map((each, index) => {
        const { AllowedOrigins = [], AllowedMethods = [], MaxAgeSeconds } = each as CorsRule;
        return [t('field.corsRule', { n: index + 1 }), `${AllowedMethods.join(', ')} · ${AllowedOrigins.join(' ')}${MaxAgeSeconds === undefined ? '' : ` · ${t('field.maxAge')} ${MaxAgeSeconds}`}`];
      });
    case 'logging': {
      const { TargetBucket, TargetPrefix } = (value.LoggingEnabled ?? {}) as { TargetBucket?: string; TargetPrefix?: string };
      return TargetBucket === undefined ? undefined : [[t('field.targetBucket'), TargetBucket], [t('field.targetPrefix'), TargetPrefix]];
    }
    case 'accelerate':
      return [[t('section.accelerate'), String(value.Status)]];
    default:
      return undefined;
  }
}
