import { NgrError } from '../../vocab/errors.ts';

export type ImportErrorCode =
  | 'IMPORT_BAD_NAME'
  | 'IMPORT_BAD_PART'
  | 'IMPORT_BUSY'
  | 'IMPORT_CUT_OFF'
  | 'IMPORT_DISK_FULL'
  | 'IMPORT_EMPTY'
  | 'IMPORT_NAME_TAKEN'
  | 'IMPORT_TOO_LARGE'
  | 'IMPORT_UNKNOWN'
  | 'IMPORT_UNKNOWN_FILE';

/** What is wrong with a request, as far as its kind matters to who asked: see the router for the status of each. */
export class ImportError extends NgrError {
  declare readonly code: ImportErrorCode;

  constructor(
    code: ImportErrorCode,
    message: string,
    options: { remedy?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(code, message, options);
  }
}
