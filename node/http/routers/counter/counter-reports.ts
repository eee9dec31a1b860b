import type { Context } from 'koa';
import {
  namespaceOf,
  readReportRequest,
  type Month,
  type ReportDefinition,
  type ReportRequest,
} from '../../../../protocols/counter/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Site } from '../../site.ts';
import { Availability } from './availability.ts';
import type { CounterUsage } from './counter-usage.ts';
import { sendReport, type ReportFormat, type ReportSurroundings } from './report.ts';

interface CounterReportsOptions {
  usage: CounterUsage;
  /** Days for which events that come late are taken, and the name of the platform, where it is not that of the node. */
  counter: { windowDays: number; platform?: string | undefined };
  catalogue: { holdings: ReportSurroundings['holdings'] };
  site: Pick<Site, 'base' | 'name' | 'version'>;
  clock: Clock;
}

/** Makes COUNTER reports of the node's own counts, for whom may have them. */
export class CounterReports {
  readonly namespace: string;
  readonly #options: CounterReportsOptions;

  constructor(options: CounterReportsOptions) {
    this.#options = options;
    this.namespace = namespaceOf(new URL(options.site.base).hostname);
  }

  /** The name of the platform: as it is configured, else that of the institution. */
  get platform(): string {
    const { counter, site } = this.#options;
    return counter.platform ?? site.name;
  }

  /** First and last month of which reports tell. */
  async available(): Promise<{ first: Month; last: Month }> {
    return (await this.#availability()).available;
  }

  /** What is asked for, or why it cannot be had. */
  read(
    definition: ReportDefinition,
    parameters: URLSearchParams,
    format: ReportFormat,
  ): ReturnType<typeof readReportRequest> {
    const { platform, namespace } = this;
    const now = this.#options.clock.now();
    return readReportRequest(definition, parameters, {
      now,
      platform,
      namespace,
      isTable: format !== 'json',
    });
  }

  async send(ctx: Context, request: ReportRequest, format: ReportFormat): Promise<void> {
    const { usage, catalogue, clock, site } = this.#options;
    await sendReport(ctx, request, format, {
      usage,
      holdings: catalogue.holdings,
      availability: await this.#availability(),
      now: clock.now(),
      platform: this.platform,
      namespace: this.namespace,
      createdBy: `NGR Node ${site.version}`,
    });
  }

  #availability(): Promise<Availability> {
    const { usage, clock, counter } = this.#options;
    return Availability.of(usage, { now: clock.now(), windowDays: counter.windowDays });
  }
}
