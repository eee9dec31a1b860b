import type { Context } from 'koa';
import type { Logger } from 'pino';
import type { Counter, Registry } from 'prom-client';
import { OpenUrlError } from '../../../protocols/openurl/index.ts';
import type { NgrError } from '../../../vocab/errors.ts';
import { UsageError } from '../../analysis/usage/index.ts';
import type { Clock } from '../../clock.ts';
import { counterIn } from '../server/counter-metric.ts';
import { HttpError } from '../errors.ts';

const TITLE = 'The usage event was not counted';
/** What can be read, and is refused for what it tells; 400 is what cannot be read. */
const statuses: Readonly<Record<string, number>> = {
  // It may be known after the next harvest: worth to be sent again.
  USAGE_UNKNOWN_ITEM: 404,
  USAGE_WITHDRAWN_ITEM: 410,
};
const BAD_REQUEST = 400;
const UNPROCESSABLE = 422;
const TOLD_EVERY_MS = 3_600_000;

/** Turns what the tracker refuses into answers, and counts it by code. */
export class TrackerRefusals {
  readonly #counter: Counter<'code'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #counts = new Map<string, number>();
  readonly #told = new Map<string, number>();

  constructor({ metrics, clock, log }: { metrics: Registry; clock: Clock; log: Logger }) {
    this.#clock = clock;
    this.#log = log;
    this.#counter = counterIn(metrics, {
      name: 'ngr_tracker_refused_total',
      help: 'Usage events and requests that /tracker refused, by code.',
      labelNames: ['code'],
    });
  }

  /** How often each code was refused since the start, without those of the counting, which counts its own. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** What is answered, counted; what is no refusal but a fault comes back as it is. */
  answer(cause: unknown): unknown {
    if (cause instanceof OpenUrlError || cause instanceof UsageError) {
      const { code, message } = this.note(cause);
      const remedy = cause.remedy === undefined ? {} : { remedy: cause.remedy };
      return new HttpError(statusOf(cause), code, TITLE, message, { ...remedy, cause });
    }
    return cause instanceof HttpError && cause.status < 500 ? this.note(cause) : cause;
  }

  /** Counts one event that is refused. The log is told of each code once an hour, and never of whom an event tells. */
  note<Refusal extends NgrError>(refusal: Refusal): Refusal {
    const { code, message, remedy } = refusal;
    this.#counter.inc({ code });
    if (!(refusal instanceof UsageError)) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    const now = this.#clock.now();
    if (now - (this.#told.get(code) ?? -Infinity) >= TOLD_EVERY_MS) {
      this.#told.set(code, now);
      this.#log.warn({ code, detail: message, remedy }, 'usage events are refused');
    }
    return refusal;
  }
}

/** @returns the error that says so, with `Retry-After` set (RFC 6585, section 4) */
export function tooMany(ctx: Context, what: string, seconds: number): HttpError {
  ctx.set('Retry-After', String(seconds));
  const detail = `Too many ${what} come at once; the next are taken in ${seconds} s.`;
  return new HttpError(429, 'TRACKER_TOO_MANY', 'Too many usage events', detail, {
    remedy: 'Send them again later: nothing is lost by that.',
  });
}

function statusOf(refusal: OpenUrlError | UsageError): number {
  return refusal instanceof OpenUrlError ? BAD_REQUEST : (statuses[refusal.code] ?? UNPROCESSABLE);
}
