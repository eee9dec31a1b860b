import { NgrError } from '../../../vocab/errors.ts';
import { fullTextKinds } from '../issues/kinds/index.ts';

/** Codes of all that can be wrong with a file; what they mean stands in the table of issues. */
export type FullTextCode = keyof typeof fullTextKinds;

/** A file, or the page that leads to it, that cannot be had. */
export class FullTextError extends NgrError {
  declare readonly code: FullTextCode;
  /** Whether it may be had another time without anybody's doing. */
  readonly passing: boolean;

  constructor(code: FullTextCode, message: string, options: { passing?: boolean; cause?: unknown } = {}) {
    const { passing = false, cause } = options;
    super(code, message, { remedy: fullTextKinds[code].remedy, cause });
    this.passing = passing;
  }
}

/** A host is to be left alone for longer than anybody waits; who wanted something of it comes back. */
export class HostPaused extends NgrError {
  /** Milliseconds since 1970. */
  readonly until: number;

  constructor(origin: string, until: number, cause?: unknown) {
    super('FULLTEXT_HOST_PAUSED', `${origin} is left alone until ${new Date(until).toISOString()}.`, {
      cause,
    });
    this.until = until;
  }
}
