import {
  Usage,
  type Metrics,
  type UsageEvent,
  type UsageOptions,
} from '../../../node/analysis/usage/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
export const DAY = 86_400_000;
/** A Saturday, noon. */
export const NOW = Date.UTC(2026, 10, 21, 12);

type Options = Partial<Omit<UsageOptions, 'catalogue' | 'clock'>>;

export interface UsageFixture {
  test: TestCatalogue;
  clock: TestClock;
  usage: Usage;
  /** Keys of items of the node's own, in their order. */
  items: string[];
  /** An event on the first item now, but for what is given. */
  event: (parts?: Partial<UsageEvent>) => UsageEvent;
  hit(parts?: Partial<UsageEvent>): Promise<'counted' | 'robot' | 'internal'>;
  /** Four metrics of an item over all time, as in `four`. */
  countsOf(key?: string): Promise<[number, number, number, number]>;
  /** Another `Usage` over the same data, as after a restart. */
  restart(options?: Options): Promise<void>;
  /** Another `Usage` over the same catalogue, with nothing counted. */
  fresh(options?: Options): Usage;
  /** Lets a `Usage` go on by itself until a time has passed. */
  pass(ms: number, usage?: Usage): Promise<void>;
  close(): Promise<void>;
}

let sections = 0;

export async function aUsage(options: Options & { records?: number } = {}): Promise<UsageFixture> {
  const { records = 3, ...rest } = options;
  const clock = new TestClock(NOW);
  const test = await aCatalogue({ clock });
  const put = await test.catalogue.put([...Array(records).keys()].map((n) => aPut(n + 1)));
  const items = put.map(({ key }) => key).sort();
  const [first = ''] = items;
  const common = { catalogue: test.catalogue, clock, log: silentLog };
  const section = test.store.section('counting');
  const make = (more: Options): Usage => new Usage({ ...common, section, ...rest, ...more });
  const fixture: UsageFixture = {
    test,
    clock,
    usage: make({}),
    items,
    event: (parts = {}) => ({
      kind: 'investigation',
      key: first,
      address: '192.0.2.1',
      userAgent: FIREFOX,
      time: clock.now(),
      ...parts,
    }),
    hit: (parts) => fixture.usage.record(fixture.event(parts)),
    countsOf: async (key = first) => four(await fixture.usage.counts(key)),
    restart: async (more = {}) => {
      await fixture.usage.stop();
      fixture.usage = make(more);
    },
    fresh: (more = {}) =>
      new Usage({ ...common, section: test.store.section(`counting-${sections++}`), ...rest, ...more }),
    pass: async (ms, usage = fixture.usage) => {
      usage.start();
      clock.advance(ms);
      const sleeping = clock.sleeping;
      // It sleeps again when it has counted and closed what was due.
      await until('the counting is done', () => clock.sleeping > sleeping);
      await usage.stop();
    },
    close: async () => {
      await fixture.usage.stop();
      await test.close();
    },
  };
  return fixture;
}

/** Total and unique investigations, total and unique requests. */
export function four(metrics: Metrics): [number, number, number, number] {
  const { totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests } = metrics;
  return [totalInvestigations, uniqueInvestigations, totalRequests, uniqueRequests];
}
