import { Usage, type Hit } from '../../../node/analysis/usage/index.ts';
import type { Identity } from '../../../node/identity/index.ts';
import {
  signSummary,
  type SignedSummary,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
export const NOW = Date.UTC(2026, 10, 21, 12);

export interface UsageFixture {
  test: TestCatalogue;
  clock: TestClock;
  usage: Usage;
  /** Keys of three items of the node's own. */
  items: [string, string, string];
  hit(parts?: Partial<Hit>): Promise<'counted' | 'robot' | 'double-click'>;
  /** A new `Usage` over the same data, as after a restart. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function aUsage(): Promise<UsageFixture> {
  const clock = new TestClock(NOW);
  const test = await aCatalogue({ clock });
  const section = test.store.section('usage');
  await section.open();
  const put = await test.catalogue.put([aPut(1), aPut(2), aPut(3)]);
  const [a = '', b = '', c = ''] = put.map(({ key }) => key);
  const make = (): Usage =>
    new Usage({ section, catalogue: test.catalogue, signer: test.identity, clock, log: silentLog });
  const fixture: UsageFixture = {
    test,
    clock,
    usage: make(),
    items: [a, b, c],
    hit: async (parts = {}) =>
      await fixture.usage.record({
        kind: 'investigation',
        key: a,
        address: '192.0.2.1',
        userAgent: FIREFOX,
        time: clock.now(),
        ...parts,
      }),
    restart: async () => {
      await fixture.usage.stop();
      fixture.usage = make();
    },
    close: async () => {
      await fixture.usage.stop();
      await test.close();
    },
  };
  return fixture;
}

export async function aSignedSummary(
  identity: Identity,
  parts: Partial<UsageSummary> = {},
): Promise<SignedSummary> {
  const summary = {
    node: identity.node,
    month: '2026-11',
    revision: 1,
    investigations: 10,
    requests: 4,
    time: NOW,
    ...parts,
  };
  return signSummary(summary, identity);
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
