import { expect } from 'chai';
import fc from 'fast-check';
import { RelatedItems, type Cited, type Used } from '../../../node/analysis/related/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { isTombstone, type AccessRight, type Holding } from '../../../vocab/record.ts';
import { aRecord, aPut } from '../../support/builders.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';

type Neighbour = Awaited<ReturnType<Cited['neighbours']>>[number];

interface World {
  /** How alike each is, best first; by key `k0`, `k1`, … */
  alike?: readonly number[];
  workOf?: (key: string) => string | undefined;
  copies?: readonly string[];
  holding?: (key: string) => { node?: string; access?: AccessRight; kind?: 'withdrawn' } | undefined;
  cited?: readonly Neighbour[];
  used?: Awaited<ReturnType<Used['usedWith']>>;
  irrelevant?: readonly string[];
}

/** So many candidates, each a little less alike than the one before. */
const descending = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => 0.9 * 0.94 ** i + 0.05);

function aHolding(key: string, parts: { node?: string; access?: AccessRight; kind?: 'withdrawn' }): Holding {
  const { node = 'one', access, kind } = parts;
  const place = { id: `https://node.example/records/${key}`, node };
  const { titles, identifiers, oaiIdentifier, sets, datestamp, ...rest } = aRecord();
  const common = { ...place, titles, identifiers, oaiIdentifier, sets, datestamp };
  if (kind !== undefined) return { ...common, tombstone: { kind, reason: 'Test', at: 0 } };
  return { ...common, ...rest, ...(access !== undefined && { access: { right: access } }) };
}

function relatedItems(world: World) {
  const { alike = [], workOf = (key) => `w-${key}`, copies = [], holding = () => ({}) } = world;
  const asked: number[] = [];
  const items = new RelatedItems({
    text: {
      similarTo: async (_key, limit) => {
        asked.push(limit);
        return alike.slice(0, limit).map((score, i) => ({ key: `k${i}`, score, terms: ['open', 'access'] }));
      },
    },
    works: { workOf: async (key) => workOf(key), copiesOf: async () => copies },
    held: {
      getMany: async (keys) =>
        keys.map((key) => {
          const parts = holding(key);
          return parts === undefined ? undefined : aHolding(key, parts);
        }),
    },
    ...(world.cited !== undefined && { cited: { neighbours: async () => world.cited ?? [] } }),
    ...(world.used !== undefined && { used: { usedWith: async () => world.used ?? [] } }),
    ...(world.irrelevant !== undefined && {
      feedback: { irrelevant: async () => new Set(world.irrelevant) },
    }),
  });
  const keys = async (limit = 10): Promise<string[]> =>
    (await items.related('seed', limit)).map(({ key }) => key);
  return { items, keys, asked };
}

const neighbour = (record: string, parts: Partial<Neighbour>): Neighbour => ({
  record,
  isCited: false,
  isCiting: false,
  sharedReferences: 0,
  citedTogether: 0,
  coupling: 0,
  cocitation: 0,
  ...parts,
});

describe('related items', () => {
  it('are the holdings most alike, each with the words it shares', async () => {
    const { items } = relatedItems({ alike: [0.5, 0.4, 0.3] });
    const found = await items.related('seed', 2);
    expect(found.map(({ key, reasons }) => ({ key, reasons }))).to.deep.equal([
      { key: 'k0', reasons: [{ kind: 'words', words: ['open', 'access'] }] },
      { key: 'k1', reasons: [{ kind: 'words', words: ['open', 'access'] }] },
    ]);
    expect(found[0]?.score)
      .to.be.above(found[1]?.score ?? 1)
      .and.at.most(1);
  });

  it('are never copies of the same work', async () => {
    const own = new Set(['seed', 'k0', 'k2']);
    const world = { alike: descending(5), workOf: (key: string) => (own.has(key) ? 'w-own' : `w-${key}`) };
    expect(await relatedItems(world).keys(3)).to.deep.equal(['k1', 'k3', 'k4']);
    expect(await relatedItems({ alike: descending(3), copies: ['seed', 'k1'] }).keys()).to.deep.equal([
      'k0',
      'k2',
    ]);
  });

  it('name one copy of a work, the one most alike, or an open one that is nearly as much alike', async () => {
    const workOf = (key: string): string => (key === 'seed' ? 'w-seed' : `w-${Number(key.slice(1)) % 2}`);
    expect(await relatedItems({ alike: descending(6), workOf }).keys(5)).to.deep.equal(['k0', 'k1']);
    const open = new Set(['k2', 'k5']);
    const holding = (key: string): { access: AccessRight } => ({
      access: open.has(key) ? 'open' : 'metadata-only',
    });
    const alike = [0.6, 0.5, 0.59, 0.48, 0.4, 0.2];
    expect(await relatedItems({ alike, workOf, holding }).keys(5)).to.deep.equal(['k2', 'k1']);
  });

  it('treat what belongs to no work yet as a work of its own', async () => {
    const { keys } = relatedItems({ alike: descending(3), workOf: () => undefined });
    expect(await keys(5)).to.deep.equal(['k0', 'k1', 'k2']);
  });

  it('are looked for further down when the first candidates are copies of one work, but not without end', async () => {
    const distant = relatedItems({
      alike: Array.from({ length: 200 }, () => 0.5),
      workOf: (key) => (key !== 'seed' && Number(key.slice(1)) < 150 ? 'w-one' : `w-${key}`),
    });
    expect(await distant.keys(3)).to.deep.equal(['k0', 'k150', 'k151']);
    const editorials = relatedItems({
      alike: Array.from({ length: 10_000 }, () => 0.5),
      workOf: (key) => (key === 'seed' ? 'w-seed' : 'w-editorial'),
    });
    expect(await editorials.keys(5)).to.have.length(1);
    expect(Math.max(...editorials.asked)).to.equal(1_000);
  });

  it('are as many as asked for at most, of different works, in the order of likeness', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 40 }), fc.nat(12), async (works, limit) => {
        const workOf = (key: string): string => `w-${key === 'seed' ? 0 : works[Number(key.slice(1))]}`;
        const found = await relatedItems({ alike: descending(works.length), workOf }).keys(limit);
        const firsts = works.flatMap((work, i) => (work !== 0 && works.indexOf(work) === i ? [`k${i}`] : []));
        expect(found).to.deep.equal(firsts.slice(0, limit));
      }),
    );
  });

  it('are none for a tombstone, for what is not held, and where chance is all they have in common', async () => {
    const withdrawn = (key: string): { kind?: 'withdrawn' } => (key === 'seed' ? { kind: 'withdrawn' } : {});
    expect(await relatedItems({ alike: [0.5], holding: withdrawn }).keys()).to.deep.equal([]);
    expect(await relatedItems({ alike: [0.5], holding: () => undefined }).keys()).to.deep.equal([]);
    expect(await relatedItems({ alike: [0.02, 0.01] }).keys()).to.deep.equal([]);
  });

  it('are never tombstones, also where citations or uses lead to one', async () => {
    const holding = (key: string): { kind?: 'withdrawn' } => (key === 'gone' ? { kind: 'withdrawn' } : {});
    const cited = [neighbour('gone', { isCited: true }), neighbour('there', { isCited: true })];
    expect(await relatedItems({ cited, holding }).keys()).to.deep.equal(['there']);
  });

  it('leave out what readers say does not belong, with its copies', async () => {
    const workOf = (key: string): string => (key === 'k1' || key === 'k2' ? 'w-both' : `w-${key}`);
    const world = { alike: descending(4), workOf, irrelevant: ['k1'] };
    expect(await relatedItems(world).keys()).to.deep.equal(['k0', 'k3']);
  });

  it('suggest nothing by a text that many works have word for word', async () => {
    expect(await relatedItems({ alike: [1, 1, 1, 1, 1, 0.2] }).keys()).to.deep.equal(['k5']);
    expect(await relatedItems({ alike: [1, 1, 0.2] }).keys()).to.deep.equal(['k0', 'k1', 'k2']);
    const cited = [neighbour('k0', { sharedReferences: 2, coupling: 1 })];
    const [first] = await relatedItems({ alike: [1, 1, 1, 1], cited }).items.related('seed', 5);
    expect(first?.key).to.equal('k0');
    expect(first?.reasons).to.deep.equal([{ kind: 'same references', count: 2 }]);
  });

  it('add up what citations, uses and words say, and say what counts most first', async () => {
    const cited = [
      neighbour('k1', { isCited: true, sharedReferences: 3, coupling: 1.5 }),
      neighbour('other', { isCiting: true, citedTogether: 2, cocitation: 0.5 }),
    ];
    const used = [{ key: 'k1', sessions: 30 }];
    const found = await relatedItems({ alike: [0.3, 0.2, 0.1], cited, used }).items.related('seed', 10);
    expect(found.map(({ key }) => key)).to.deep.equal(['k1', 'k0', 'other', 'k2']);
    expect(found[0]?.reasons.map(({ kind }) => kind)).to.deep.equal([
      'used together',
      'same references',
      'words',
      'cited by',
    ]);
    expect(found[2]?.reasons).to.deep.equal([{ kind: 'cites' }, { kind: 'cited together', count: 2 }]);
  });

  it('put open ones first of about equal ones', async () => {
    const holding = (key: string): { access: AccessRight } => ({
      access: key === 'k1' ? 'open' : 'metadata-only',
    });
    expect(await relatedItems({ alike: [0.5, 0.4999], holding }).keys()).to.deep.equal(['k1', 'k0']);
    expect(await relatedItems({ alike: [0.5, 0.4], holding }).keys()).to.deep.equal(['k0', 'k1']);
  });

  it('are not all of one institution where another has what is nearly as good', async () => {
    const holding = (key: string): { node: string } => ({ node: key === 'k3' ? 'other' : 'one' });
    expect(await relatedItems({ alike: [0.5, 0.49, 0.48, 0.47], holding }).keys(3)).to.deep.equal([
      'k0',
      'k3',
      'k1',
    ]);
    expect(await relatedItems({ alike: [0.5, 0.49, 0.48, 0.2], holding }).keys(3)).to.not.include('k3');
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
        works: {
          workOf: async (key) => (copies.has(key) ? 'w-copies' : `w-${key}`),
          copiesOf: async () => [],
        },
        held: test.catalogue.holdings,
      });
      const found = await items.related(keys[0] ?? '', 5);
      expect(found.map(({ key }) => key)).to.deep.equal([keys[2]]);
      const [reason] = found[0]?.reasons ?? [];
      expect(reason?.kind === 'words' ? reason.words.toSorted() : undefined).to.deep.equal([
        'open',
        'repositories',
      ]);
    } finally {
      await test.close();
    }
  });

  it('are useful or none for titles that say nothing, in any script', async () => {
    const test = await aCatalogue();
    try {
      const text = new TextIndex();
      const runner = await test.run(text);
      const titles = [
        ...Array.from({ length: 300 }, () => 'Editorial'),
        ...Array.from({ length: 300 }, (_, i) => `Annual report ${i}`),
        ...Array.from({ length: 60 }, () => 'Zur Sache'),
        '???',
        '開放獲取知識庫的發展',
        '開放獲取與大學知識庫',
        'مستودعات الوصول المفتوح',
        'الوصول المفتوح في الجامعات',
        `Plankton ${'of the sea and the ice '.repeat(4_500)}`,
      ];
      const put = await test.catalogue.put([
        ...titles.map((value, i) => aPut(i, { titles: [{ value }] })),
        aPut(titles.length, { titles: [] }),
      ]);
      await runner.caughtUp();
      const items = new RelatedItems({
        text,
        works: { workOf: async () => undefined, copiesOf: async () => [] },
        held: test.catalogue.holdings,
      });
      const keys = put.map(({ key }) => key);
      const of = async (at: number): Promise<string[]> =>
        (await items.related(keys[at] ?? '', 10)).map(({ key }) => key);
      expect(await of(0), 'Editorial').to.deep.equal([]);
      expect(await of(301), 'Annual report').to.deep.equal([]);
      expect(await of(601), 'the same title sixty times').to.deep.equal([]);
      expect(await of(660), 'punctuation').to.deep.equal([]);
      expect(await of(661), 'Chinese').to.deep.equal([keys[662]]);
      expect(await of(663), 'Arabic').to.deep.equal([keys[664]]);
      expect(await of(665), '100 kB').to.deep.equal([]);
      expect(await of(666), 'no title').to.deep.equal([]);
      const holdings = await test.catalogue.holdings.getMany(keys);
      expect(holdings.every((holding) => holding !== undefined && !isTombstone(holding))).to.equal(true);
    } finally {
      await test.close();
    }
  });
});
