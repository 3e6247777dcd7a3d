import { AppError } from '../../../shared/errors.ts';

/** The page that had a browser upload's files was closed or reloaded: the transfer waits for them to be chosen again. */
export class PageGone extends AppError {
  constructor() {
    super('Unavailable', 'The page that had the files is gone.', { detail: 'Choose the file again to go on; what has arrived is kept.' });
  }
}
