import { NgrError } from '../../../vocab/errors.ts';

export type DenseErrorCode =
  | 'DENSE_NO_RUNTIME'
  | 'DENSE_NO_MODEL'
  | 'DENSE_BAD_MODEL'
  | 'DENSE_NO_VOCABULARY'
  | 'DENSE_BAD_VOCABULARY'
  | 'DENSE_CHANGED'
  | 'DENSE_FAILED'
  | 'DENSE_TOO_SLOW'
  | 'DENSE_ENDED'
  | 'DENSE_BUSY'
  | 'DENSE_STOPPED';

/** What is wrong with the model of `related.model`, or what became of a text in it. */
export class DenseError extends NgrError {
  declare readonly code: DenseErrorCode;

  constructor(code: DenseErrorCode, message: string, remedy: string, cause?: unknown) {
    super(code, message, { remedy, cause });
  }
}

/** The text may be the reason, and the next one may do: the model failed on it, took too long, or ended the thread. */
const OF_A_TEXT: ReadonlySet<string> = new Set<DenseErrorCode>([
  'DENSE_FAILED',
  'DENSE_TOO_SLOW',
  'DENSE_ENDED',
]);

export function isOfAText(error: unknown): boolean {
  return error instanceof DenseError && OF_A_TEXT.has(error.code);
}
