import { NgrError } from '../../vocab/errors.ts';

/** A request that is not answered as it asks; the error handling turns it into a problem document or a page. */
export class HttpError extends NgrError {
  readonly status: number;
  /** What kind of problem it is, the same each time; `message` tells this one. */
  readonly title: string;
  /** Members of the problem document beside the usual ones (RFC 9457, section 3.2). */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    options: { extra?: Record<string, unknown>; remedy?: string; cause?: unknown } = {},
  ) {
    super(code, detail, options);
    this.status = status;
    this.title = title;
    this.extra = options.extra ?? {};
  }
}

/** The node cannot listen where it should. */
export class ListenError extends NgrError {}
