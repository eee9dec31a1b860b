import { expect } from 'chai';
import fc from 'fast-check';
import { RelatedItems } from '../../../node/analysis/related/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';

/** So many candidates, best first, each named by its place. */
const candidates = (count: number): { key: string; score: number; terms: string[] }[] =>
  Array.from({ length: count }, (_, i) => ({ key: `k${i}`, score: count - i, terms: ['open', 'access'] }));

function relatedItems(count: number, workOf: (key: string) => string | undefined) {
  const asked: number[] = [];
  const items = new RelatedItems({
    text: {
      similarTo: async (_key, limit) => {
        asked.push(limit);
        return candidates(count).slice(0, limit);
      },
    },
    works: { workOf: async (key) => workOf(key) },
  });
  return { items, asked };
}

describe('related items', () => {
  it('are the holdings most alike, each with the words it shares', async () => {
    const { items } = relatedItems(5, (key) => `w-${key}`);
    expect(await items.related('seed', 2)).to.deep.equal([
      { key: 'k0', score: 5, reason: ['open', 'access'] },
      { key: 'k1', score: 4, reason: ['open', 'access'] },
    ]);
  });

  it('are never copies of the same work', async () => {
    const own = new Set(['seed', 'k0', 'k2']);
    const { items } = relatedItems(5, (key) => (own.has(key) ? 'w-own' : `w-${key}`));
    expect((await items.related('seed', 3)).map(({ key }) => key)).to.deep.equal(['k1', 'k3', 'k4']);
  });

  it('name one copy of a work, the one most alike', async () => {
    const { items } = relatedItems(6, (key) => `w-${Number(key.slice(1)) % 2}`);
    expect((await items.related('seed', 5)).map(({ key }) => key)).to.deep.equal(['k0', 'k1']);
  });

  it('treat what belongs to no work yet as a work of its own', async () => {
    const { items } = relatedItems(3, () => undefined);
    expect((await items.related('k-other', 5)).map(({ key }) => key)).to.deep.equal(['k0', 'k1', 'k2']);
  });

  it('are looked for further down when the first candidates are copies of one work, but not without end', async () => {
    const distant = relatedItems(200, (key) => (Number(key.slice(1)) < 150 ? 'w-one' : `w-${key}`));
    expect((await distant.items.related('seed', 3)).map(({ key }) => key)).to.deep.equal([
      'k0',
      'k150',
      'k151',
    ]);
    const editorials = relatedItems(10_000, (key) => (key === 'seed' ? 'w-seed' : 'w-editorial'));
    expect(await editorials.items.related('seed', 5)).to.have.length(1);
    expect(Math.max(...editorials.asked)).to.equal(1_000);
  });

  it('are as many as asked for at most, of different works, in the order of likeness', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 40 }), fc.nat(12), async (works, limit) => {
        const workOf = (key: string): string => `w-${key === 'seed' ? 0 : works[Number(key.slice(1))]}`;
        const { items } = relatedItems(works.length, workOf);
        const found = (await items.related('seed', limit)).map(({ key }) => key);
        const firsts = works.flatMap((work, i) => (work !== 0 && works.indexOf(work) === i ? [`k${i}`] : []));
        expect(found).to.deep.equal(firsts.slice(0, limit));
      }),
    );
  });

  it('come from the text index of the catalogue', async () => {
    const test = await aCatalogue();
    try {
      const text = new TextIndex();
      const runner = await test.run(text);
      const titles = [
        'Open access repositories',
        'Repositories of open access',
        'Harvesting open repositories',
        'Whales',
      ];
      const put = await test.catalogue.put(titles.map((value, i) => aPut(i, { titles: [{ value }] })));
      await runner.caughtUp();
      const keys = put.map(({ key }) => key);
      const copies = new Set(keys.slice(0, 2));
      const items = new RelatedItems({
        text,
        works: { workOf: async (key) => (copies.has(key) ? 'w-copies' : `w-${key}`) },
      });
      const found = await items.related(keys[0] ?? '', 5);
      expect(found.map(({ key, reason }) => ({ key, reason: reason.sort() }))).to.deep.equal([
        { key: keys[2], reason: ['open', 'repositories'] },
      ]);
    } finally {
      await test.close();
    }
  });
});
