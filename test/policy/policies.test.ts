import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { comparePolicies, Policies, PolicyExchange, type Publisher } from '../../node/policy/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { policyToJsonLd, type Policy } from '../../vocab/oa-policy/index.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';

const [NODE, OTHER] = ['12D3KooWNode', '12D3KooWOther'] as const;
const BASE = 'https://one.example';
const DAY_MS = 24 * 60 * 60_000;

const policy: Policy = {
  elements: { embargo: { codes: ['f3'] }, withdrawal: { codes: [], statement: 'By request of the author.' } },
};

describe('policies', () => {
  let clock: TestClock;
  let directory: string;
  let store: Store;
  let policies: Policies;

  beforeEach(async () => {
    clock = new TestClock();
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
    policies = await Policies.open({ section: store.section('policy'), clock });
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('are there after a restart', async () => {
    await policies.state({ elements: {} });
    clock.advance(1_000);
    const stated = await policies.state(policy);
    await policies.keep(NODE, { policy, updated: 5 });
    await policies.keep(OTHER, { policy, updated: 6 });
    await policies.forget(OTHER);
    await store.close();
    store = await openStore(directory);
    const again = await Policies.open({ section: store.section('policy'), clock });
    expect(again.own).to.deep.equal(stated);
    expect(stated).to.deep.equal({ policy, updated: clock.now() });
    expect([...again.others]).to.deep.equal([[NODE, { policy, updated: 5 }]]);
  });

  it('are compared with those of a group', () => {
    const stated = [{ embargo: ['f3', 'f4'] }, { embargo: ['f3'] }, { metadata: [] }];
    const { institutions, elements } = comparePolicies(policy, { name: 'the network', stated });
    expect(institutions).to.equal(3);
    expect(elements.find(({ element }) => element === 'embargo')).to.deep.equal({
      element: 'embargo',
      isStated: true,
      institutions: 2,
      codes: [
        { code: 'f3', institutions: 2, isStated: true },
        { code: 'f4', institutions: 1, isStated: false },
      ],
    });
    const unstated = comparePolicies(undefined, { name: 'the network', stated: [] });
    expect(unstated.elements.every(({ isStated, institutions: n }) => !isStated && n === 0)).to.equal(true);
  });

  describe('of the network', () => {
    let publishers: Publisher[];
    let asked: string[];
    let answer: () => Response;
    let exchange: PolicyExchange;

    beforeEach(() => {
      publishers = [{ node: NODE, base: BASE }];
      asked = [];
      answer = () => published(NODE);
      exchange = new PolicyExchange({
        policies,
        publishers: () => publishers,
        fetch: async (address) => {
          asked.push(address);
          return await Promise.resolve(answer());
        },
        clock,
        log: pino({ level: 'silent' }),
      });
    });
    afterEach(() => exchange.stop());

    const published = (node: string): Response =>
      Response.json(policyToJsonLd({ base: BASE, node, name: 'One' }, { policy, updated: 7_000 }));

    /** Waits for the end of a round, and begins the next. */
    async function rounds(after: number): Promise<void> {
      await until('a round is over', () => clock.sleeping === 1);
      clock.advance(after);
      await until('the next is over', () => clock.sleeping === 1);
    }

    it('are read where they are published, once a day', async () => {
      exchange.start();
      await rounds(60_000);
      expect(policies.others.get(NODE)).to.deep.equal({ policy, updated: 7_000 });
      expect(asked).to.deep.equal([`${BASE}/policy`]);
      await rounds(DAY_MS);
      expect(asked).to.have.length(2);
    });

    it('are forgotten with the node, and where it takes them back', async () => {
      publishers.push({ node: OTHER, base: 'https://two.example' });
      await policies.keep(OTHER, { policy, updated: 1 });
      await policies.keep('12D3KooWGone', { policy, updated: 1 });
      answer = () => new Response('', { status: 404 });
      exchange.start();
      await rounds(0);
      expect([...policies.others.keys()]).to.deep.equal([]);
    });

    const bad: readonly [what: string, answer: () => Response][] = [
      ['another node’s policy', () => published(OTHER)],
      ['no JSON', () => new Response('<html>')],
      ['no policy', () => Response.json({ type: 'Policy' })],
      ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
      ['an error', () => new Response('', { status: 500 })],
      ['more than a policy is long', () => new Response(`{"x":"${'x'.repeat(300_000)}"}`)],
    ];
    for (const [what, given] of bad) {
      it(`leave what is known as it is where there is ${what}, and are asked for again in an hour`, async () => {
        await policies.keep(NODE, { policy, updated: 1 });
        answer = given;
        exchange.start();
        await rounds(60_000);
        expect(policies.others.get(NODE)?.updated).to.equal(1);
        expect(asked).to.have.length(1);
        await rounds(60 * 60_000);
        expect(asked).to.have.length(2);
      });
    }
  });
});
