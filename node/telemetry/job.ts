import { context, isSpanContextValid, trace, type Attributes, type Span } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { jobId } from './job-id.ts';
import { beginSpan, markFailed } from './spans.ts';

/** What the node does by itself or has been told to do, apart from answering; docs/operation.md lists them. */
export type JobKind =
  | 'backup'
  | 'catch-up'
  | 'harvest'
  | 'import'
  | 'migration'
  | 'notification'
  | 'self-assessment'
  | 'usage-day'
  | 'usage-import'
  | 'websub-delivery';

export interface JobOptions {
  kind: JobKind;
  /** Of what, in each of its lines. Nothing of a person. */
  of?: Readonly<Record<string, unknown>>;
  /** The words of its last line; `failed` where it failed. */
  words: { done: string; failed: string };
  log: Logger;
  clock: Pick<Clock, 'now'>;
  /** One of very many: its lines have the level `debug`, unless it fails. */
  isSmall?: boolean;
  /** How bad it is where it fails. */
  failsAs?: 'error' | 'warn' | 'info' | 'debug';
  /** Where it is aborted, the job was stopped and has not failed. */
  signal?: AbortSignal;
}

export interface Job {
  readonly id: string;
  /** Each line has the job's id and kind. */
  readonly log: Logger;
  /** What stands in its last line, beside how long it took and how it ended. */
  tell(figures: object): void;
  /** It did not come to its end, although nothing is thrown. */
  fail(error: unknown): void;
}

/**
 * Does a job: from its first line in the log to the last one under one id, and within a span, which is a trace of its own. The last
 * line tells `durationMs` and `outcome`: `done`, `failed` or `stopped`.
 */
export async function runJob<T>(options: JobOptions, work: (job: Job) => Promise<T>): Promise<T> {
  const job = new BegunJob(options);
  try {
    return await context.with(trace.setSpan(context.active(), job.span), work, undefined, job);
  } catch (error) {
    job.fail(error);
    throw error;
  } finally {
    job.end();
  }
}

/** A job that is ended by whoever began it; `runJob` does that by itself. */
export class BegunJob implements Job {
  readonly id: string;
  readonly log: Logger;
  readonly span: Span;
  readonly #options: JobOptions;
  readonly #begunAt = performance.now();
  #figures: object = {};
  #failure: { cause: unknown } | undefined;

  constructor(options: JobOptions) {
    const { kind, of = {}, log, clock } = options;
    this.#options = options;
    this.id = jobId(clock.now());
    this.span = beginSpan(kind, { attributes: attributesOf(this.id, of), isRoot: true });
    const traced = this.span.spanContext();
    this.log = log.child({
      job: this.id,
      kind,
      ...of,
      // As OpenTelemetry calls it in logs.
      ...(isSpanContextValid(traced) && { trace_id: traced.traceId }),
    });
    this.log[this.#usual]('begun');
  }

  tell(figures: object): void {
    this.#figures = { ...this.#figures, ...figures };
  }

  fail(cause: unknown): void {
    this.#failure = { cause };
  }

  end(): void {
    const { words, failsAs = 'error', signal } = this.#options;
    const durationMs = Math.round(performance.now() - this.#begunAt);
    if (this.#failure === undefined)
      this.log[this.#usual]({ durationMs, outcome: 'done', ...this.#figures }, words.done);
    else if (signal?.aborted === true)
      this.log[this.#usual]({ durationMs, outcome: 'stopped', ...this.#figures }, words.failed);
    else {
      const { cause } = this.#failure;
      markFailed(this.span, cause);
      this.log[failsAs]({ durationMs, outcome: 'failed', ...this.#figures, err: cause }, words.failed);
    }
    this.span.end();
  }

  get #usual(): 'info' | 'debug' {
    return this.#options.isSmall === true ? 'debug' : 'info';
  }
}

function attributesOf(id: string, of: Readonly<Record<string, unknown>>): Attributes {
  const attributes: Attributes = { 'ngr.job': id };
  for (const [name, value] of Object.entries(of))
    if (typeof value === 'string' || typeof value === 'number') attributes[`ngr.${name}`] = value;
  return attributes;
}
