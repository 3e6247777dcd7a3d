import { AppError } from '../../../shared/errors.ts';

/** An object that must be restored before anything can read or copy it. */
export const archivedError = (resource: string, storageClass: string, state: 'archived' | 'restoring'): AppError =>
  new AppError('Conflict', state === 'restoring' ? `${resource} is still being restored.` : `${resource} is archived (${storageClass}) and cannot be read.`, {
    detail: state === 'restoring' ? 'Wait until the restore is done, then retry.' : 'Restore it first (“Restore from archive…”), then retry.',
    resource,
    awsCode: 'InvalidObjectState',
  });
