import { expect } from 'chai';
import fc from 'fast-check';
import type { Catalogue, OwnChange } from '../../node/catalogue/index.ts';
import { JSON_LD } from '../../node/http/negotiation/formats.ts';
import { RecordRepresentations } from '../../node/http/records/representations.ts';
import type { Site } from '../../node/http/site.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const AS_JSON_LD = { format: JSON_LD, type: 'application/ld+json' };
const withdraw = (n: number): OwnChange => ({
  type: 'withdraw',
  oaiIdentifier: `oai:repository.example:${n}`,
  reason: 'Withdrawn',
});

describe('records that are kept as they were rendered', () => {
  let test: TestCatalogue;
  let site: Site;
  let reads: number;
  beforeEach(async () => {
    test = await aCatalogue();
    site = {
      base: 'https://node.example',
      name: 'Test',
      node: test.catalogue.node,
      networks: ['open'],
      version: '1',
    };
    reads = 0;
  });
  afterEach(async () => {
    await test.close();
  });

  /** Representations over the catalogue, with something done after each reading of a holding. */
  function representations(maxBytes?: number, afterReading?: () => Promise<void>): RecordRepresentations {
    const { catalogue } = test;
    const { holdings } = catalogue;
    const current: Catalogue['holdings']['current'] = async (key) => {
      reads += 1;
      const held = await holdings.current(key);
      await afterReading?.();
      return held;
    };
    const watched = { current } as Catalogue['holdings'];
    return new RecordRepresentations({
      catalogue: {
        holdings: watched,
        onCommit: (listener) => catalogue.onCommit(listener),
        get position() {
          return catalogue.position;
        },
      },
      announcements: { of: () => Promise.resolve(undefined), onChange: () => () => false },
      site,
      ...(maxBytes !== undefined && { maxBytes }),
    });
  }

  it('are read once as long as they do not change', async () => {
    const kept = representations();
    const [first] = await test.catalogue.put([aPut(1)]);
    const key = first?.key ?? '';
    const rendered = await kept.get(key, AS_JSON_LD);
    expect(await kept.get(key, AS_JSON_LD)).to.equal(rendered);
    await test.catalogue.put([aPut(2)]);
    expect(await kept.get(key, AS_JSON_LD)).to.equal(rendered);
    expect(reads).to.equal(1);
  });

  it('are not kept beyond the number of bytes', async () => {
    const kept = representations(10_000);
    const results = await test.catalogue.put(Array.from({ length: 20 }, (_, n) => aPut(n)));
    for (const { key } of results) await kept.get(key, AS_JSON_LD);
    for (const { key } of results) await kept.get(key, AS_JSON_LD);
    expect(reads).to.equal(40);
    const [large] = await test.catalogue.put([aPut(99, { abstracts: [{ value: 'x'.repeat(20_000) }] })]);
    expect((await kept.get(large?.key ?? '', AS_JSON_LD))?.body).to.have.length.greaterThan(20_000);
  });

  it('are not kept where a change came while they were read, and are whole in themselves', async () => {
    let change: (() => Promise<unknown>) | undefined;
    const kept = representations(undefined, async () => {
      const now = change;
      change = undefined;
      await now?.();
    });
    const [first] = await test.catalogue.put([aPut(1, { published: '2001' })]);
    const key = first?.key ?? '';
    change = () => test.catalogue.put([aPut(1, { published: '2002' })]);
    const before = await test.catalogue.holdings.entry(key);
    const during = await kept.get(key, AS_JSON_LD);
    expect(during?.body).to.contain('2001');
    expect(during?.validators.etag).to.contain(before?.digest);
    expect((await kept.get(key, AS_JSON_LD))?.body).to.contain('2002');
    change = () => test.catalogue.put([withdraw(1)]);
    await test.catalogue.put([aPut(1, { published: '2003' })]);
    await kept.get(key, AS_JSON_LD);
    expect((await kept.get(key, AS_JSON_LD))?.status).to.equal(410);
  });

  it('always show what was acknowledged last, whatever is asked for and changed in between', async () => {
    const operation = fc.tuple(fc.constantFrom('put', 'withdraw', 'get'), fc.nat(3), fc.nat(5));
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 15 }), async (operations) => {
        const kept = representations();
        const keys = (await test.catalogue.put([0, 1, 2, 3].map((n) => aPut(n)))).map(({ key }) => key);
        const pending: Promise<unknown>[] = [];
        for (const [kind, n, year] of operations) {
          if (kind === 'put') await test.catalogue.put([aPut(n, { published: String(2000 + year) })]);
          else if (kind === 'withdraw') await test.catalogue.put([withdraw(n)]);
          // Not awaited: readings and changes overlap.
          else pending.push(kept.get(keys[n] ?? '', AS_JSON_LD));
        }
        await Promise.all(pending);
        for (const key of keys) {
          const entry = await test.catalogue.holdings.entry(key);
          const rendered = await kept.get(key, AS_JSON_LD);
          expect(rendered?.validators.etag).to.contain(entry?.digest);
          expect(rendered?.status).to.equal(entry?.kind === 'withdrawn' ? 410 : 200);
        }
      }),
      { seed: 5, numRuns: 20 },
    );
  });

  it('are gone with the feed that they came by', async () => {
    const other = await aCatalogue({ base: 'https://other.example' });
    try {
      const [first] = await other.catalogue.put([aPut(1)]);
      const page = await other.catalogue.feeds.page(other.catalogue.node, 0, { entries: 10, bytes: 10_000 });
      if (page === undefined) throw new Error('no feed');
      await test.catalogue.accept(page.head, page.entries);
      const kept = representations();
      expect((await kept.get(first?.key ?? '', AS_JSON_LD))?.status).to.equal(200);
      await test.catalogue.drop(other.catalogue.node);
      expect(await kept.get(first?.key ?? '', AS_JSON_LD)).to.equal(undefined);
    } finally {
      await other.close();
    }
  });
});
