import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { worst, type Check, type Finding, type HealthStatus } from './check.ts';

/** A check that has not ended by then tells nothing. */
const CHECK_WITHIN_MS = 5_000;
/** Whoever asks again sooner gets the same answer. */
const FRESH_MS = 1_000;
const LOOK_EVERY_MS = 60_000;

export interface CheckResult extends Pick<Check, 'name' | 'type'> {
  findings: readonly Finding[];
  status: HealthStatus;
}

export interface HealthReport {
  status: HealthStatus;
  /** Milliseconds since 1970. */
  time: number;
  checks: readonly CheckResult[];
}

/**
 * Tells whether the node is well, degraded or dead. It looks by itself every minute, since some things are amiss only when they last,
 * and writes into the log what has changed.
 */
export class Health {
  readonly #checks: readonly Check[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #ending = new AbortController();
  readonly #known = new Map<string, HealthStatus>();
  #latest: HealthReport | undefined;
  #examining: Promise<HealthReport> | undefined;
  #watching: Promise<void> = Promise.resolve();

  constructor({ checks, clock, log }: { checks: readonly Check[]; clock: Clock; log: Logger }) {
    this.#checks = checks;
    this.#clock = clock;
    this.#log = log.child({ part: 'health' });
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#watching;
  }

  /** How it is now, or was a second ago. It never rejects: a check that throws is a warning. */
  async report(): Promise<HealthReport> {
    const latest = this.#latest;
    if (latest !== undefined && Math.abs(this.#clock.now() - latest.time) < FRESH_MS) return latest;
    this.#examining ??= this.#examine().finally(() => {
      this.#examining = undefined;
    });
    return await this.#examining;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await this.report();
      await this.#clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  async #examine(): Promise<HealthReport> {
    const checks = await Promise.all(this.#checks.map((check) => this.#resultOf(check)));
    this.#latest = { status: worst(checks), time: this.#clock.now(), checks };
    this.#tellChanges(checks);
    return this.#latest;
  }

  async #resultOf(check: Check): Promise<CheckResult> {
    const { name, type } = check;
    const findings = await this.#inTime(check).catch((error: unknown): Finding[] => [
      {
        status: 'warn',
        output: 'It cannot be told: the log of the node says why.',
        why: (error as Error).message,
      },
    ]);
    return { name, type, findings, status: worst(findings) };
  }

  async #inTime(check: Check): Promise<Finding[]> {
    const done = new AbortController();
    const late = this.#clock
      .sleep(CHECK_WITHIN_MS, done.signal)
      .then((): Finding[] => [{ status: 'warn', output: 'It could not be told in time.' }]);
    late.catch(() => undefined);
    try {
      return await Promise.race([Promise.resolve(check.examine()), late]);
    } finally {
      done.abort();
    }
  }

  #tellChanges(checks: readonly CheckResult[]): void {
    for (const { name, status, findings } of checks) {
      const before = this.#known.get(name) ?? 'pass';
      this.#known.set(name, status);
      if (status === before) continue;
      if (status === 'pass') this.#log.info({ check: name }, 'all is well again');
      else {
        const amiss = findings
          .filter((finding) => finding.status !== 'pass')
          .map(({ of, output, why }) => ({ ...(of !== undefined && { of }), output, why }));
        this.#log[status === 'fail' ? 'error' : 'warn']({ check: name, status, amiss }, 'something is amiss');
      }
    }
  }
}
