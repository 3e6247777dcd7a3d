import { useTranslation } from 'react-i18next';
import type { BucketSection } from '../../../../shared/contract/s3Bucket.ts';
import { LifecycleForm } from '../lifecycle/LifecycleForm.tsx';
import { CorsForm } from './CorsForm.tsx';
import { Check, Choice, TextField } from './fields.tsx';
import { TagsForm } from './TagsForm.tsx';

type Value = Record<string, unknown>;
interface Props {
  section: BucketSection;
  value: Value;
  onChange(value: Value): void;
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
interface EncryptionRule {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string };
  BucketKeyEnabled?: boolean;
}

function EncryptionForm({ value, onChange }: Omit<Props, 'section'>) {
  const { t } = useTranslation('bucket');
  const [rule = {}, ...others] = (value.Rules as EncryptionRule[] | undefined) ?? [];
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID, ...kept } = rule.ApplyServerSideEncryptionByDefault ?? {};
  const set = (algorithm: string, key: string | undefined, bucketKey = rule.BucketKeyEnabled) => {
    const byDefault = { ...kept, SSEAlgorithm: algorithm, ...(algorithm !== 'AES256' && key && { KMSMasterKeyID: key }) };
    onChange({ ...value, Rules: [{ ...rule, ApplyServerSideEncryptionByDefault: byDefault, ...(bucketKey !== undefined && { BucketKeyEnabled: bucketKey }) }, ...others] });
  };
  const algorithms = [['AES256', 'SSE-S3 (AES256)'], ['aws:kms', 'SSE-KMS'], ['aws:kms:dsse', 'DSSE-KMS']] as const;
  return (
    <>
      <Choice label={t('field.algorithm')} value={SSEAlgorithm} options={algorithms} onChange={(algorithm) => set(algorithm, KMSMasterKeyID)} />
      {SSEAlgorithm !== 'AES256' && (
        <>
          <TextField wide label={t('field.kmsKey')} value={KMSMasterKeyID ?? ''} placeholder="arn:aws:kms:…" onChange={(key) => set(SSEAlgorithm, key)} />
          <Check label={t('field.bucketKey')} checked={rule.BucketKeyEnabled ?? false} onChange={(on) => set(SSEAlgorithm, KMSMasterKeyID, on)} />
        </>
      )}
    </>
  );
}

/** The form of one part; what it has no field for stays in the value. */
export function SectionForm({ section, value, onChange }: Props) {
  const { t } = useTranslation('bucket');
  switch (section) {
    case 'versioning':
      return <Choice label={t('section.versioning')} value={String(value.Status)} options={[['Enabled', t('field.on')], ['Suspended', t('field.suspended')]]} onChange={(Status) => onChange({ ...value, Status })} />;
    case 'requestPayment':
      return <Choice label={t('field.payer')} value={String(value.Payer)} options={[['BucketOwner', t('field.owner')], ['Requester', t('field.requester')]]} onChange={(Payer) => onChange({ ...value, Payer })} />;
    case 'publicAccess':
      return BLOCKS.map((name) => <Check key={name} label={t(`field.${name}`)} checked={value[name] === true} onChange={(on) => onChange({ ...value, [name]: on })} />);
    case 'logging': {
      const logging = (value.LoggingEnabled ?? {}) as { TargetBucket?: string; TargetPrefix?: string };
      const set = (change: object) => onChange({ ...value, LoggingEnabled: { ...logging, ...change } });
      return (
        <>
          <TextField label={t('field.targetBucket')} value={logging.TargetBucket ?? ''} onChange={(TargetBucket) => set({ TargetBucket })} />
          <TextField label={t('field.targetPrefix')} value={logging.TargetPrefix ?? ''} placeholder="logs/" onChange={(TargetPrefix) => set({ TargetPrefix })} />
        </>
      );
    }
    case 'encryption':
      return <EncryptionForm value={value} onChange={onChange} />;
    case 'tags':
      return <TagsForm tags={(value.TagSet as { Key: string; Value: string }[] | undefined) ?? []} onChange={(TagSet) => onChange({ ...value, TagSet })} />;
    case 'cors':
      return <CorsForm value={value} onChange={onChange} />;
    case 'lifecycle':
      return <LifecycleForm value={value} onChange={onChange} />;
    default:
      return null;
  }
}
