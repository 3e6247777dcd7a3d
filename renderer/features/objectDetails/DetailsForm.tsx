import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNothing, merged, needsWriting } from '../../../shared/objects/change.ts';
import { METADATA_BYTES, metadataBytes, MOST_TAGS, problemsAfter, problemsOf, type Problem } from '../../../shared/objects/limits.ts';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri } from '../../app/openTabs.ts';
import { copyText } from '../../ui/clipboard.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import { visibleName } from '../objects/listingView.ts';
import { lookAt } from './common.ts';
import { differencesOf } from './differences.ts';
import { changeOf, NO_DRAFT } from './draft.ts';
import { HeaderFields } from './HeaderFields.tsx';
import { LockFields } from './LockFields.tsx';
import { notesOf } from './notes.ts';
import styles from './objectDetails.module.css';
import { PairFields } from './PairFields.tsx';
import { Problems } from './Problems.tsx';
import { Review } from './Review.tsx';
import { Several } from './Several.tsx';
import { Sheet } from './Sheet.tsx';
import type { LookedAt } from './useLooked.ts';
import { useWriteChange } from './useWriteChange.ts';

interface Props {
  bucket: string;
  keys: readonly string[];
  looked: LookedAt | null;
  onClose(): void;
}

/** The details with their fields; then, before anything is written, what would be. */
export function DetailsForm({ bucket, keys, looked, onClose }: Props) {
  const { t } = useTranslation('objectDetails');
  const client = useClient();
  const connection = useCurrentConnection();
  const { id: connectionId } = connection;
  const [draft, setDraft] = useState(NO_DRAFT);
  const [reviewing, setReviewing] = useState(false);
  const { data: bucketFacts } = useQuery({ queryKey: ['bucketFacts', connectionId, bucket], queryFn: ({ signal }) => client.s3Tiers.facts({ connectionId, bucket }, { signal }), staleTime: 0 });
  const writeButton = useRef<HTMLButtonElement>(null);
  const canWrite = reviewing && bucketFacts !== undefined;
  useEffect(() => {
    if (canWrite) writeButton.current?.focus();
  }, [canWrite]);
  const now = useMemo(() => looked && lookAt(looked.facts), [looked]);
  const change = changeOf(draft);
  const facts = looked?.facts;
  const one = looked?.sheet;
  const problems: Problem[] = [...problemsOf(change), ...(facts ? firstOf(facts.map((each) => problemsAfter(each, change))) : problemsAfter({ metadata: {}, tags: {} }, change))];
  const writing = facts ? facts.filter((each) => needsWriting(each, change)).map(({ key, etag, modified }) => ({ key, seen: { etag, modified } })) : keys.map((key) => ({ key }));
  const nothing = isNothing(change) || writing.length === 0;
  const readOnly = connection.readOnly ? t('readOnly', { name: connection.name }) : undefined;
  const stuck = one && (one.archive.state === 'archived' || one.archive.state === 'restoring' ? t('archived') : one.missingMetadata > 0 ? t('missingMetadata', { count: one.missingMetadata }) : one.encryption?.customerKey ? t('customerKeyReason') : undefined);
  const { write, isWriting } = useWriteChange({ connectionId, bucket, change, objects: writing, written: onClose });
  const firstUri = s3Uri(bucket, writing[0]?.key ?? keys[0] ?? '');
  const disabled = readOnly !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canWrite) void write();
        else if (!reviewing && !nothing && problems.length === 0 && !disabled) setReviewing(true);
      }}
    >
      {reviewing ? (
        <Review place={visibleName(firstUri)} count={writing.length} already={facts ? facts.length - writing.length : 0} differences={differencesOf(change, now)} notes={notesOf(change, looked, bucketFacts?.versioning)} />
      ) : (
        <>
          {keys.length === 1 && (
            <p className={`${styles.uri} mono`}>
              {visibleName(firstUri)}
              <IconButton label={t('copyUri')} onClick={() => void copyText(firstUri)}>
                <IconCopy size={15} />
              </IconButton>
            </p>
          )}
          <div className={styles.columns}>
            {one ? <Sheet bucket={bucket} sheet={one} /> : <Several count={keys.length} looked={looked} />}
            <div>
              {stuck && <p className={styles.place}>{stuck}</p>}
              <HeaderFields now={now && now.headers} changes={draft.headers} disabled={disabled || stuck !== undefined} onChanges={(headers) => setDraft({ ...draft, headers })} />
              <PairFields
                title={t('metadata')}
                add={t('addMetadata')}
                empty={t('noMetadata')}
                used={one && t('bytesUsed', { used: formatNumber(metadataBytes(merged(one.metadata, change.metadata))), most: formatNumber(METADATA_BYTES) })}
                now={now && now.metadata}
                draft={draft.metadata}
                disabled={disabled || stuck !== undefined}
                onDraft={(metadata) => setDraft({ ...draft, metadata })}
              />
              <PairFields
                title={t('tags')}
                add={t('addTag')}
                empty={now?.tagsUntold ? t('tagsDenied') : t('noTags')}
                used={one?.tags && t('tagsUsed', { used: Object.keys(merged(one.tags, change.tags)).length, most: MOST_TAGS })}
                now={now && now.tags}
                draft={draft.tags}
                disabled={disabled || now?.tagsUntold === true}
                onDraft={(tags) => setDraft({ ...draft, tags })}
              />
              {now && (looked?.lockable !== 'no' || now.lock.mode !== undefined) && <LockFields now={now.lock} draft={draft} disabled={disabled} onDraft={setDraft} />}
            </div>
          </div>
        </>
      )}
      <Problems problems={problems} />
      <div className={styles.foot}>
        <p>{readOnly ?? (reviewing ? '' : nothing ? t(isNothing(change) ? 'nothingYet' : 'nothingNew') : t('nothingWritten'))}</p>
        {reviewing ? <ToolButton onClick={() => setReviewing(false)}>{t('back')}</ToolButton> : <ToolButton onClick={onClose}>{t('cancel', { ns: 'window' })}</ToolButton>}
        {reviewing ? (
          <ToolButton key="write" type="submit" primary ref={writeButton} disabled={isWriting || !canWrite}>
            {t('write', { count: writing.length, formatted: formatNumber(writing.length) })}
          </ToolButton>
        ) : (
          <ToolButton key="review" type="submit" primary disabled={nothing || problems.length > 0 || disabled} title={readOnly}>
            {t('review')}
          </ToolButton>
        )}
      </div>
    </form>
  );
}

/** The problems of the first object that has any. */
const firstOf = (all: Problem[][]): Problem[] => all.find((problems) => problems.length > 0) ?? [];
