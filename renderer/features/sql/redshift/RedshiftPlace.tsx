import { Button, Group, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { RedshiftTarget } from '../../../../shared/contract/redshift.ts';
import { ToolButton } from '../../../ui/Toolbar.tsx';
import { ToolSelect } from '../ToolSelect.tsx';
import styles from './redshift.module.css';

interface Props {
  target: RedshiftTarget | undefined;
  databases: readonly string[];
  onChange(target: RedshiftTarget): void;
}

/** Where in Redshift, and as whom; names are typed, since listing them needs rights of its own. */
export function RedshiftPlace({ target, databases, onChange }: Props) {
  const { t } = useTranslation('sql');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Popover width={420} position="bottom-start" shadow="md" opened={opened} onChange={setOpened} trapFocus returnFocus withinPortal>
        <Popover.Target>
          <ToolButton aria-expanded={opened} title={t('redshift.title')} aria-label={`${t('redshift.place')}: ${target?.name ?? t('redshift.none')}`} onClick={() => setOpened(!opened)}>
            <span className="ellipsis">{target?.name ?? t('redshift.none')}</span>
            <IconChevronDown size={14} aria-hidden />
          </ToolButton>
        </Popover.Target>
        <Popover.Dropdown className={styles.form}>
          <TargetForm
            key={JSON.stringify(target)}
            target={target}
            onDone={(next) => {
              setOpened(false);
              if (next) onChange(next);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {target && <ToolSelect label={t('database')} value={target.database} choices={databases.map((value) => ({ value }))} onChoose={(database) => onChange({ ...target, database })} />}
      <div className={styles.price} title={t('redshift.priceTitle')}>
        {t('redshift.price')}
      </div>
    </>
  );
}

function TargetForm({ target, onDone }: { target: RedshiftTarget | undefined; onDone(target?: RedshiftTarget): void }) {
  const { t } = useTranslation('sql');
  const [kind, setKind] = useState<RedshiftTarget['kind']>(target?.kind ?? 'workgroup');
  const [name, setName] = useState(target?.name ?? '');
  const [database, setDatabase] = useState(target?.database ?? 'dev');
  const [dbUser, setDbUser] = useState(target?.dbUser ?? '');
  const [secretArn, setSecretArn] = useState(target?.secretArn ?? '');
  const badSecret = secretArn.trim() !== '' && !secretArn.trim().startsWith('arn:');
  const ready = name.trim() !== '' && database.trim() !== '' && !badSecret;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onDone({ kind, name: name.trim(), database: database.trim(), dbUser: kind === 'cluster' ? dbUser.trim() || undefined : undefined, secretArn: secretArn.trim() || undefined });
  };
  return (
    <form onSubmit={submit} className={styles.fields}>
      <SegmentedControl aria-label={t('redshift.kind')} size="xs" fullWidth value={kind} onChange={(value) => setKind(value as typeof kind)} data={(['workgroup', 'cluster'] as const).map((value) => ({ value, label: t(`redshift.kinds.${value}`) }))} />
      <TextInput label={t(`redshift.names.${kind}`)} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus spellCheck={false} maxLength={128} />
      <TextInput label={t('database')} value={database} onChange={(event) => setDatabase(event.currentTarget.value)} spellCheck={false} maxLength={128} />
      {kind === 'cluster' && <TextInput label={t('redshift.dbUser')} description={t('redshift.dbUserText')} value={dbUser} onChange={(event) => setDbUser(event.currentTarget.value)} spellCheck={false} maxLength={128} />}
      <TextInput label={t('redshift.secret')} description={t('redshift.secretText')} value={secretArn} onChange={(event) => setSecretArn(event.currentTarget.value)} error={badSecret ? t('redshift.badSecret') : undefined} spellCheck={false} maxLength={2048} />
      <p className={styles.note}>{t('redshift.unverified')}</p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={() => onDone()}>
          {t('cancel', { ns: 'window' })}
        </Button>
        <Button type="submit" disabled={!ready}>
          {t('redshift.use')}
        </Button>
      </Group>
    </form>
  );
}
