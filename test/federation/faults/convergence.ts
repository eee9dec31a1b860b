import { expect } from 'chai';
import { isComplete } from '../../../node/catalogue/index.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import type { Simulation } from './simulation.ts';
import type { SimulatedNode } from './simulated-node.ts';

const QUERIES = ['repositories', 'tombstone tells', 'harvesting', 'subject 3'] as const;
/** Codes of what happens to the honest: a stream broke, a message was late, a clock is wrong. */
const NO_ACCUSATIONS: ReadonlySet<string> = new Set(['NETWORK', 'HEADS_STALE', 'HEADS_OTHER_TIME']);

/** Which copies do not agree with their origin's head; none when the nodes have converged. */
export function behind({ nodes }: Simulation): string[] {
  return nodes.flatMap((origin) => {
    const { head } = origin.life.catalogue;
    return nodes.flatMap(({ name, life }) => {
      const state = life.catalogue.feeds.state(origin.node);
      // Of an empty feed there is nothing to have.
      if (state === undefined) return head.seq === 0 ? [] : [`${name} has nothing of ${origin.name}`];
      const agrees =
        isComplete(state) && state.head?.seq === head.seq && state.digest.digest() === head.setDigest;
      return agrees ? [] : [`${name} has ${state.seq} of ${origin.name}, which is at ${head.seq}`];
    });
  });
}

export async function hasSameUsage({ nodes }: Simulation): Promise<boolean> {
  const totals = await Promise.all(nodes.map(usageAt));
  return new Set(totals.map((total) => JSON.stringify(total))).size === 1;
}

/** DESIGN 6.2, 6.3: nodes that follow the same feeds have the same of everything. */
export async function expectTheSame({ nodes }: Simulation): Promise<void> {
  const [first, ...others] = await Promise.all(nodes.map(pictureOf));
  for (const [i, other] of others.entries()) {
    for (const [part, here] of Object.entries(first ?? {}))
      expect(other[part], `${part} at ${nodes[i + 1]?.name} and ${nodes[0]?.name}`).to.deep.equal(here);
  }
}

/** What the origin has taken back stands nowhere, neither to be read nor to be fetched by another node. */
export async function expectWithdrawn({ nodes }: Simulation): Promise<number> {
  let withdrawn = 0;
  for (const origin of nodes) {
    const page = await origin.life.catalogue.feeds.page(origin.node, 0, { entries: 1_000, bytes: 1e7 });
    for (const { entry } of page?.entries ?? []) {
      if (entry.kind !== 'withdrawn' && entry.kind !== 'deleted') continue;
      withdrawn += 1;
      for (const { name, life } of nodes) {
        const holding = await life.catalogue.holdings.get(entry.record.slice(-20));
        expect(holding !== undefined && isTombstone(holding), `${entry.record} at ${name}`).to.equal(true);
      }
    }
  }
  return withdrawn;
}

/** All are honest: what went wrong on the way is no reason to accuse anybody, let alone to cut him off. */
export function expectNoAccusations({ nodes, links }: Simulation): void {
  for (const { name, life } of nodes) {
    const accusations = nodes.flatMap(({ name: whom, node }) =>
      life.reputation
        .refusals(node)
        .flatMap(({ code }) => (NO_ACCUSATIONS.has(code) ? [] : [`${whom}: ${code}`])),
    );
    expect(accusations, name).to.deep.equal([]);
  }
  expect(links.cutOff).to.deep.equal([]);
}

/** The sums, and of which summaries they are. */
async function usageAt({ life }: SimulatedNode): Promise<object> {
  const { coverage, ...sums } = await life.regionalUsage.totals({ by: 'institution' });
  const told = coverage.nodes.map(({ node, months }) => ({
    node,
    months: months.map(({ month, revision, metrics }) => ({ month, revision, metrics })),
  }));
  return { ...sums, told };
}

async function pictureOf(simulated: SimulatedNode): Promise<Record<string, unknown>> {
  const { catalogue, runners, text, duplicates } = simulated.life;
  for (const runner of runners) await runner.caughtUp();
  const holdings: Record<string, Holding> = {};
  for (const { key, holding } of await catalogue.log.after(0, 100_000))
    if (holding !== undefined) holdings[key] = holding;
  const found: Record<string, object> = {};
  for (const query of QUERIES) {
    const { total, hits } = await text.search({ query, limit: 1_000, offset: 0 });
    found[query] = { total, keys: hits.map(({ key }) => key).sort() };
  }
  return {
    holdings: Object.fromEntries(Object.entries(holdings).sort(([a], [b]) => (a < b ? -1 : 1))),
    found,
    works: await duplicates.works({ limit: 10_000 }),
    usage: await usageAt(simulated),
  };
}
