import {
  counterRouter,
  type CounterSettings,
  type CounterUsage,
} from '../../../node/http/routers/counter/index.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import type { MonthOfUse } from '../../../protocols/counter/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { aRouter, type TestRouter } from '../support/a-router.ts';

export const WORLD = 'customer_id=0000000000000000';
export const API_TOKEN = 'a-token-for-tests';

/** Months of one item: `{ '2026-01': [2, 1, 1, 1] }`, total and unique investigations, total and unique requests. */
export type Use = Readonly<Record<string, readonly [number, number, number, number]>>;

/** Counts as a test gives them. */
export class HeldUsage implements CounterUsage {
  readonly uses = new Map<string, MonthOfUse[]>();
  readonly days = new Map<string, { days: number; openDays: number }>();
  /** Items that were asked for, and whether the asking was given up. */
  read = 0;
  closed = 0;

  add(key: string, use: Use): void {
    this.uses.set(
      key,
      Object.entries(use).map(
        ([month, [totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests]]) => ({
          month,
          metrics: { totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests },
        }),
      ),
    );
  }

  months(): ReturnType<CounterUsage['months']> {
    const months = [...new Set([...this.uses.values()].flat().map(({ month }) => month))].toSorted();
    return Promise.resolve(
      months.map((month) => ({ month, days: 31, openDays: 0, ...this.days.get(month) })),
    );
  }

  async *items({
    from,
    to,
  }: {
    from: string;
    to: string;
  }): ReturnType<CounterUsage['items']> & AsyncGenerator {
    try {
      for (const key of [...this.uses.keys()].toSorted()) {
        const months = await this.item(key, { from, to });
        this.read += 1;
        if (months.length > 0) yield { key, months };
      }
    } finally {
      this.closed += 1;
    }
  }

  item(key: string, { from, to }: { from: string; to: string }): Promise<MonthOfUse[]> {
    const months = this.uses.get(key) ?? [];
    return Promise.resolve(months.filter(({ month }) => month >= from && month <= to));
  }
}

/** The COUNTER API of a node over a real catalogue, on loopback, in the middle of April 2026. */
export class CounterSite {
  readonly usage = new HeldUsage();
  readonly clock: TestClock;
  readonly test: TestCatalogue;
  readonly http: TestRouter;

  private constructor(parts: { clock: TestClock; test: TestCatalogue; http: TestRouter }, usage: HeldUsage) {
    this.clock = parts.clock;
    this.test = parts.test;
    this.http = parts.http;
    this.usage = usage;
  }

  static async open(
    options: Partial<CounterSettings> & { rate?: { perMinute: number; atOnce: number } } = {},
  ): Promise<CounterSite> {
    const { rate, ...given } = options;
    const clock = new TestClock(Date.UTC(2026, 3, 15));
    const test = await aCatalogue({ clock, base: 'https://repository.wyreford.example' });
    const usage = new HeldUsage();
    const http = await aRouter(
      counterRouter({
        usage,
        counter: { requestors: [], windowDays: 3, ...given },
        catalogue: test.catalogue,
        site: { base: 'https://repository.wyreford.example', name: 'Wyreford Research', version: '0.1.0' },
        clock,
        apiToken: API_TOKEN,
        ...(rate !== undefined && { rate }),
      }),
    );
    return new CounterSite({ clock, test, http }, usage);
  }

  /** Puts an own record with what it was used. @returns its key */
  async used(n: number, use: Use, parts: Partial<HarvestedRecord> = {}): Promise<string> {
    const [put] = await this.test.catalogue.put([aPut(n, parts)]);
    if (put === undefined) throw new Error('nothing was put');
    this.usage.add(put.key, use);
    return put.key;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.http.request(`/counter/${path}`, { headers });
  }

  /** A report as JSON, of March 2026 where no months are given. */
  async report(id: string, query = 'begin_date=2026-03&end_date=2026-03', release = 'r51'): Promise<Report> {
    const response = await this.get(`${release}/reports/${id}?${WORLD}&${query}`);
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Report;
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.test.close();
  }
}

/** As much of a report as tests look into. */
export interface Report {
  Report_Header: {
    Report_Filters: Record<string, unknown>;
    Report_Attributes?: Record<string, unknown>;
    Exceptions?: { Code: number; Message: string; Severity?: string; Data?: string }[];
    [name: string]: unknown;
  };
  Report_Items: Record<string, unknown>[];
}
