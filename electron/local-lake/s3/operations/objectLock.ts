import { ServiceError } from '../../http/serviceError.ts';
import { conform, oneOf, text, textOf } from '../configurations/shape.ts';
import { xmlResponse, type Operation } from '../context.ts';
import { assertLock, assertRetentionChange, readRetention } from '../objectLock.ts';
import { assertVersion, existing, wantedVersion } from '../objectVersion.ts';
import { document, element, malformedXml, parseXml } from '../xml.ts';

const none = () => new ServiceError('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration', 404);

export const getObjectRetention: Operation = async (context) => {
  const { retention } = await existing(context);
  assertLock(context);
  if (!retention) throw none();
  return xmlResponse(document('Retention', [element('Mode', retention.mode), element('RetainUntilDate', new Date(retention.until).toISOString())]));
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention: Operation = async (context) => {
  const { store, bucket, key, payload } = context;
  await existing(context);
  assertLock(context);
  const tree = conform(parseXml(await payload.text(), 'Retention'), { members: { Mode: text(), RetainUntilDate: text() } });
  const [mode, until] = [textOf(tree, 'Mode'), textOf(tree, 'RetainUntilDate')];
  if ((mode === undefined) !== (until === undefined)) throw malformedXml();
  const retention = mode === undefined ? undefined : readRetention(mode, until!, 'Retention');
  await store.update(bucket, key, wantedVersion(context), (found) => {
    const record = assertVersion(context, found);
    assertRetentionChange(context, record, retention);
    return { ...record, retention };
  });
  return { status: 200 };
};

export const getObjectLegalHold: Operation = async (context) => {
  const { legalHold } = await existing(context);
  assertLock(context);
  if (!legalHold) throw none();
  return xmlResponse(document('LegalHold', [element('Status', legalHold)]));
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold: Operation = async (context) => {
  const { store, bucket, key, payload } = context;
  await existing(context);
  assertLock(context);
  const status = textOf(conform(parseXml(await payload.text(), 'LegalHold'), { members: { Status: oneOf('ON', 'OFF') } }), 'Status');
  if (status === undefined) throw malformedXml();
  await store.update(bucket, key, wantedVersion(context), (found) => ({ ...assertVersion(context, found), legalHold: status as 'ON' | 'OFF' }));
  return { status: 200 };
};
