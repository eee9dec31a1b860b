import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import type { Counting } from './counting.ts';
import type { DspaceItems } from './dspace-items.ts';
import { SiteItemFinder } from './item-finder.ts';
import type { ItemIndex } from './item-index.ts';
import { LogFollower } from './log-follower.ts';
import { type RuleSettings, rulesOf } from './log-rules.ts';
import type { LogReport, LogState } from './log-state.ts';
import { PathMeanings } from './path-meanings.ts';
import { UsageImports } from './usage-imports.ts';

/** A log as it is configured. */
export interface LogSettings extends RuleSettings {
  name: string;
  path: string;
  siteUrl?: string | undefined;
}

/** Who shows the operator what is wrong with a log. */
interface LogIssues {
  /** This is wrong now, and nothing else. @param now milliseconds since 1970 */
  replace(log: string, report: LogReport, now: number): Promise<void>;
}

interface UsageLogsOptions {
  logs: readonly LogSettings[];
  section: Section;
  counting: Counting;
  /** Kept up to date by whoever runs the readers. */
  items: Pick<ItemIndex, 'generation' | 'find'>;
  /** Resolves when the items are those that are held now. */
  ready: () => Promise<void>;
  /** Not there where no repository may be asked. */
  dspace?: DspaceItems;
  issues: LogIssues;
  clock: Clock;
  log: Logger;
  /** Milliseconds from one look at the logs to the next. */
  intervalMs?: number;
}

/** The logs of web servers, read as they grow, and imports of logs and exports by hand. */
export class UsageLogs {
  readonly imports: UsageImports;
  readonly #options: UsageLogsOptions;
  readonly #followers: readonly LogFollower[];
  readonly #abort = new AbortController();
  #isOpen = false;
  #running: Promise<void> = Promise.resolve();

  /** @throws UsageLogError `USAGE_LOG_BAD_RULE` */
  constructor(options: UsageLogsOptions) {
    const { logs, section, counting, ready, clock, log } = options;
    this.#options = options;
    this.imports = new UsageImports({
      counting,
      ready,
      clock,
      log,
      finderOf: (siteUrl) => this.#finder(siteUrl),
    });
    this.#followers = logs.map(({ name, path, siteUrl: written, ...settings }) => {
      const siteUrl = written?.replace(/\/+$/, '');
      const finder = this.#finder(settings.repository.startsWith('dspace') ? siteUrl : undefined);
      const meanings = new PathMeanings({
        finder,
        rules: rulesOf(settings),
        areRulesTrusted: settings.rules.length === 0,
        siteUrl,
      });
      return new LogFollower({ name, path, section, counting, meanings, clock });
    });
  }

  /** Reads on from where it was, and then as the logs grow. */
  start(): void {
    if (this.#followers.length > 0) this.#running = this.#run();
  }

  /** What was read up to now is kept; the rest is read after the next start. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.imports.stop();
    await this.#running;
  }

  /** Each log as it is read. */
  state(): LogState[] {
    return this.#followers.map((follower) => follower.state());
  }

  /** Reads everything that is new. Rejects where the counting or the store fails. */
  async pass(): Promise<void> {
    const { issues, ready, clock } = this.#options;
    const { signal } = this.#abort;
    await ready();
    if (!this.#isOpen) for (const follower of this.#followers) await follower.open();
    this.#isOpen = true;
    for (const follower of this.#followers) {
      await follower.pass(signal);
      await issues.replace(follower.state().name, follower.report(), clock.now());
    }
  }

  async #run(): Promise<void> {
    const { clock, log, intervalMs = 5_000 } = this.#options;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await this.pass();
      } catch (error) {
        if (!signal.aborted)
          log.error({ err: error }, 'the logs of usage cannot be read on, tried again soon');
      }
      await clock.sleep(intervalMs, signal).catch(() => undefined);
    }
  }

  #finder(siteUrl: string | undefined): SiteItemFinder {
    const { items, dspace } = this.#options;
    return new SiteItemFinder({ index: items, dspace, siteUrl });
  }
}
