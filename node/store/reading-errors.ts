import { StoreError } from './errors.ts';

/*
 * What keeps a process from reading along with the one that writes. Whoever writes makes the tables and brings the data to its
 * own format; who reads waits for that.
 */

const WRITER_FIRST = 'Start the writer first ("ngr start"), of the same version; then this process again.';

export function nothingToRead(shown: string): StoreError {
  return new StoreError('STORE_EMPTY', `No node has kept anything in ${shown} yet.`, {
    remedy: WRITER_FIRST,
  });
}

export function tooOldToRead(shown: string): StoreError {
  return new StoreError('STORE_TOO_OLD', `What lies in ${shown} was written by an earlier version.`, {
    remedy: WRITER_FIRST,
  });
}

export function tooNewToRead(shown: string): StoreError {
  return new StoreError('STORE_TOO_NEW', `What lies in ${shown} was written by a later version.`, {
    remedy: 'Install the version that the writer has, and start this process again.',
  });
}
