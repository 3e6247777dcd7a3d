import { AppError } from '../../shared/errors.ts';

/** What the file system said, as an AppError that names the path. */
export function localError(error: unknown, path: string, doing: 'read' | 'write'): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const more = { resource: path, cause: error };
  if (code === 'ENOENT') return new AppError('NotFound', `${path} is not there (any more).`, more);
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('AccessDenied', `This computer does not let Secchi ${doing} ${path}.`, { ...more, detail: 'Change its permissions, or choose another place.' });
  }
  if (code === 'ELOOP') return new AppError('BadInput', `${path} is a symbolic link, which is not followed.`, more);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('DiskFull', `There is no room left for ${path}.`, { ...more, detail: 'Free some space, then retry the transfer.' });
  }
  return new AppError('Internal', `Cannot ${doing} ${path}: ${(error as Error).message}`, more);
}
