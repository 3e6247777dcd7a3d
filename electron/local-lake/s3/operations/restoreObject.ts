import { notImplemented, ServiceError } from '../../http/serviceError.ts';
import { isArchived, restoreState } from '../archive.ts';
import { conform, days, one, oneOf, required, struct, text, textOf } from '../configurations/shape.ts';
import type { Operation } from '../context.ts';
import { assertVersion, existing, versionHeaders, wantedVersion } from '../objectVersion.ts';
import { parseXml } from '../xml.ts';

const DAY_MS = 86_400_000;
/** How long a restore takes here, whatever the tier; S3 takes minutes to two days. */
const DEFAULT_DELAY_MS = 5_000;
const tier = oneOf('Standard', 'Bulk', 'Expedited');
const members = { Days: days, Tier: tier, Description: text(), GlacierJobParameters: struct({ Tier: required(tier) }), Type: text(), SelectParameters: struct({}), OutputLocation: struct({}) };

/** `SECCHI_RESTORE_MS`: milliseconds a restore takes instead. */
function delay(): number {
  const stated = Number(process.env.SECCHI_RESTORE_MS ?? DEFAULT_DELAY_MS);
  return Number.isFinite(stated) && stated >= 0 ? stated : DEFAULT_DELAY_MS;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
export const restoreObject: Operation = async (context) => {
  const { store, bucket, key, payload } = context;
  await existing(context);
  const body = await payload.text();
  const request = conform(body.trim() === '' ? {} : parseXml(body, 'RestoreRequest'), { members });
  if (textOf(request, 'Type') !== undefined) throw notImplemented('RestoreObject of type SELECT');
  const daysKept = Number(request.Days ?? 0);
  if (daysKept < 1) throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema: Days must be a positive integer.', 400);
  const speed = textOf(one(request, 'GlacierJobParameters'), 'Tier') ?? textOf(request, 'Tier') ?? 'Standard';
  let status = 202;
  const changed = await store.update(bucket, key, wantedVersion(context), (found) => {
    const record = assertVersion(context, found);
    if (!isArchived(record)) {
      throw new ServiceError('InvalidObjectState', "Restore is not allowed for the object's current storage class", 403, { StorageClass: record.storageClass ?? 'STANDARD' });
    }
    if (speed === 'Expedited' && record.storageClass === 'DEEP_ARCHIVE') throw new ServiceError('InvalidArgument', 'Retrieval option is not supported by this storage class', 400);
    const state = restoreState(record);
    if (state === 'ongoing') throw new ServiceError('RestoreAlreadyInProgress', 'Object restore is already in progress', 409);
    const now = Date.now();
    if (state === 'restored') status = 200;
    const readyAt = state === 'restored' ? record.restore!.readyAt : now + delay();
    // As S3 counts it: so many days from now, then up to the next midnight UTC.
    const expiresAt = Math.ceil((Math.max(now, readyAt) + daysKept * DAY_MS) / DAY_MS) * DAY_MS;
    return { ...record, restore: { readyAt, expiresAt } };
  });
  return { status, headers: versionHeaders(context, changed) };
};
