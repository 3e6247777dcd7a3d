import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { useCurrentConnection } from '../../app/connectionContext.tsx';
import { s3Uri, type ObjectsPlace } from '../../app/openTabs.ts';
import { usePrompt } from '../../ui/prompt.tsx';
import { folderNameProblem } from './names.ts';

/** Asks for a name and makes the folder (an empty object whose key ends in a slash). */
export function useNewFolder(): (place: ObjectsPlace, done: (prefix: string) => void) => void {
  const { t } = useTranslation('objects');
  const client = useClient();
  const prompt = usePrompt();
  const { id: connectionId } = useCurrentConnection();
  return useCallback(
    ({ bucket, prefix }, done) =>
      prompt({
        title: t('newFolder'),
        label: t('folderName'),
        description: t('folderIn', { place: s3Uri(bucket, prefix) }),
        action: t('create'),
        problem: (name) => folderNameProblem(prefix, name, t),
        submit: async (name) => {
          const made = `${prefix}${name.replace(/\/$/, '')}/`;
          await client.s3.createFolder({ connectionId, bucket, prefix: made });
          done(made);
        },
      }),
    [prompt, t, client, connectionId],
  );
}
