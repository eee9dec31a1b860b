import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import type { Identifier, Reference } from '../../../vocab/record.ts';
import { aReference, DrivenCitations, keyOf } from './driven-citations.ts';

const CITING = 1;
const CITED = 2;

const person = (family: string) => ({ name: `${family}, A.`, family, kind: 'person' as const });
const work = (parts: Partial<HarvestedRecord> = {}): Partial<HarvestedRecord> => ({
  titles: [{ value: 'Aggregating the open repositories of the world' }],
  ...parts,
});
const citing = (...references: Reference[]): Partial<HarvestedRecord> => ({
  titles: [{ value: 'A record with a list of references' }],
  published: '2020',
  creators: [person('Pontika')],
  references,
});
const byIdentifier = (identifier: Identifier): Reference => ({
  text: 'As it stands in the list',
  identifier,
});

describe('citations', () => {
  let directory: string;
  let store: Store;
  let citations: DrivenCitations;
  let number = 0;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-citations-'));
    store = await openStore(directory);
  });

  after(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    number += 1;
    citations = await DrivenCitations.over(store.section(`citations-${number}`));
  });

  it('are found within bounds where a record says the same a thousand times, under a thousand names', async () => {
    const identifiers = Array.from({ length: 900 }, (_, i): Identifier => ({
      scheme: 'doi',
      value: `10.1000/${i}`,
    }));
    await citations.apply([
      [
        CITING,
        citing(...Array.from({ length: 900 }, () => byIdentifier({ scheme: 'doi', value: '10.1000/1' }))),
      ],
      [CITED, work({ identifiers })],
    ]);
    expect(await citations.citing(CITED)).to.deep.equal([keyOf(CITING)]);
  });

  async function isCited(reference: Reference, held: Partial<HarvestedRecord>): Promise<boolean> {
    await citations.apply([
      [CITING, citing(reference)],
      [CITED, held],
    ]);
    const [works = []] = await citations.cited(CITING);
    const cited = works.includes(keyOf(CITED));
    expect(await citations.citing(CITED)).to.deep.equal(cited ? [keyOf(CITING)] : []);
    return cited;
  }

  describe('a reference with an identifier', () => {
    const cases: [what: string, cited: Identifier, held: Partial<HarvestedRecord>][] = [
      [
        'the record’s DOI',
        { scheme: 'doi', value: '10.1000/A' },
        { identifiers: [{ scheme: 'doi', value: '10.1000/a' }] },
      ],
      [
        'the DOI of the published version',
        { scheme: 'doi', value: '10.1000/p' },
        { publishedDoi: '10.1000/p' },
      ],
      [
        'an arXiv number, of any version',
        { scheme: 'arxiv', value: '1508.04025v2' },
        { identifiers: [{ scheme: 'arxiv', value: '1508.04025' }] },
      ],
      [
        'the DOI of an arXiv number',
        { scheme: 'doi', value: '10.48550/arXiv.1508.04025' },
        { identifiers: [{ scheme: 'arxiv', value: '1508.04025' }] },
      ],
      [
        'a handle',
        { scheme: 'handle', value: '10919/1' },
        { identifiers: [{ scheme: 'handle', value: '10919/1' }] },
      ],
      [
        'a PubMed number',
        { scheme: 'pmid', value: '77' },
        { identifiers: [{ scheme: 'pmid', value: '77' }] },
      ],
      [
        'the address of its page',
        { scheme: 'url', value: 'http://www.repository.example/item/7/' },
        { identifiers: [{ scheme: 'url', value: 'https://repository.example/item/7' }] },
      ],
      [
        'the address of its file',
        { scheme: 'url', value: 'https://repository.example/7.pdf' },
        { files: [{ url: 'https://repository.example/7.pdf', access: 'open' }] },
      ],
      [
        'its address at its node',
        { scheme: 'url', value: `https://node.example/records/${keyOf(CITED)}` },
        {},
      ],
    ];
    for (const [what, identifier, held] of cases) {
      it(`is to the work by ${what}`, async () => {
        expect(await isCited(byIdentifier(identifier), work(held))).to.equal(true);
      });
    }

    it('is found in the text where it is nowhere else', async () => {
      const reference = { text: 'Knoth, P.: Something. https://doi.org/10.1000/x' };
      expect(await isCited(reference, work({ publishedDoi: '10.1000/x' }))).to.equal(true);
    });

    it('is to all copies that have the identifier, and to no others', async () => {
      const doi = work({ identifiers: [{ scheme: 'doi', value: '10.1/x' }] });
      await citations.apply([
        [
          CITING,
          citing({
            ...aReference({ title: 'Aggregating the open repositories of the world' }),
            identifier: { scheme: 'doi', value: '10.1/x' },
          }),
        ],
        [2, doi],
        [3, doi],
        [4, work()],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(2), keyOf(3)].sort()]);
      expect(await citations.citing(4)).to.deep.equal([]);
      expect(await citations.citing(3, 4)).to.deep.equal([keyOf(CITING)]);
    });

    it('goes by its title where nobody has the identifier', async () => {
      const reference = {
        ...aReference({ title: 'Aggregating the open repositories of the world' }),
        identifier: { scheme: 'doi', value: '10.1/x' } as const,
      };
      expect(await isCited(reference, work())).to.equal(true);
    });

    it('is not to a work of the same title with another DOI', async () => {
      const reference = {
        ...aReference({ title: 'Aggregating the open repositories of the world' }),
        identifier: { scheme: 'doi', value: '10.1/x' } as const,
      };
      expect(await isCited(reference, work({ identifiers: [{ scheme: 'doi', value: '10.1/y' }] }))).to.equal(
        false,
      );
    });

    it('does not go by the ISBN of a book, of which many works are parts', async () => {
      const isbn = { scheme: 'isbn', value: '9780306406157' } as const;
      expect(await isCited(byIdentifier(isbn), work({ identifiers: [isbn] }))).to.equal(false);
    });
  });

  describe('a reference without one', () => {
    const title = 'Aggregating the open repositories of the world';
    const cases: [what: string, reference: Reference, held: Partial<HarvestedRecord>, expected: boolean][] = [
      ['has title, author and year', aReference({ title }), {}, true],
      [
        'is in capitals and another spelling',
        aReference({ title: 'AGGREGATING THE OPEN-REPOSITORIES OF THE WORLD' }),
        {},
        true,
      ],
      [
        'has lost a ligature',
        aReference({ title: 'Classi cation of open repositories' }),
        { titles: [{ value: 'Classification of open repositories' }] },
        true,
      ],
      ['has lost spaces', aReference({ title: 'Aggregatingthe open repositories ofthe world' }), {}, true],
      ['is a year off', aReference({ title, year: '2017' }), {}, true],
      ['is two years off', aReference({ title, year: '2018' }), {}, false],
      [
        'is a year off, on other pages',
        aReference({ title, year: '2017', behind: 'Journal 3, 44–50.' }),
        { source: { pages: '10-20' } },
        false,
      ],
      ['is of another author', aReference({ title, author: 'Berners-Lee, T.' }), {}, false],
      [
        'names the first author among others',
        aReference({ title, author: 'Berners-Lee, T., & Knoth, P.' }),
        {},
        true,
      ],
      [
        'has its author’s accent beside the letter',
        aReference({ title, author: 'M¨uller, K.' }),
        { creators: [person('Müller')] },
        true,
      ],
      ['has no year, but says enough', { text: `Knoth, P. ${title}.`, title }, {}, true],
      ['has no author, but says enough', { text: `${title} (2016)`, title, year: '2016' }, {}, true],
      [
        'has neither, and too short a title',
        { text: 'Open repositories', title: 'Open repositories' },
        { titles: [{ value: 'Open repositories' }] },
        false,
      ],
      [
        'has a short title with author and year',
        aReference({ title: 'Open repositories' }),
        { titles: [{ value: 'Open repositories' }] },
        true,
      ],
      [
        'has a heading for a title, and the year is not the same',
        aReference({ title: 'Introduction', year: '2017' }),
        { titles: [{ value: 'Introduction' }] },
        false,
      ],
      [
        'leaves out the subtitle',
        aReference({ title }),
        { titles: [{ value: `${title}: a study of ten countries` }] },
        true,
      ],
      ['has a subtitle that the record has not', aReference({ title: `${title}: a study` }), {}, true],
      [
        'has another subtitle',
        aReference({ title: `${title}: a reply to Smith` }),
        { titles: [{ value: `${title}: part two` }] },
        false,
      ],
      ['begins as the title does, and goes on', aReference({ title: `${title} and of its seas` }), {}, false],
      ['is cut short', aReference({ title: 'Aggregating the open repositories' }), {}, false],
      [
        'had its title read too far',
        {
          text: `Knoth, P. 2016. ${title}. In Proceedings of X. Springer.`,
          title: `${title}. In Proceedings of X`,
          year: '2016',
        },
        {},
        true,
      ],
      [
        'had its title read too short',
        {
          text: 'Knoth, P. 2016. Is it open? Aggregating the world. Springer.',
          title: 'Is it open?',
          year: '2016',
        },
        { titles: [{ value: 'Is it open? Aggregating the world' }] },
        true,
      ],
      [
        'is to part two',
        aReference({ title: 'Surveys of the open world, Part II' }),
        { titles: [{ value: 'Surveys of the open world, Part I' }] },
        false,
      ],
    ];
    for (const [what, reference, held, expected] of cases) {
      it(`${expected ? 'is' : 'is not'} to the work where it ${what}`, async () => {
        expect(await isCited(reference, work(held))).to.equal(expected);
      });
    }

    it('is to the work of its year where there are several of the title', async () => {
      await citations.apply([
        [CITING, citing(aReference({ title, year: '2016' }))],
        [2, work({ published: '2015' })],
        [3, work({ published: '2016' })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(3)]]);
      expect(await citations.citing(2)).to.deep.equal([]);
    });

    it('is to none of them where the year tells of none', async () => {
      await citations.apply([
        [CITING, citing(aReference({ title, year: '2014' }))],
        [2, work({ published: '2015' })],
        [3, work({ published: '2016' })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[]]);
    });

    it('is to the longest of the titles that begin alike', async () => {
      await citations.apply([
        [CITING, citing(aReference({ title: 'Open repositories: a second look' }))],
        [2, work({ titles: [{ value: 'Open repositories' }] })],
        [3, work({ titles: [{ value: 'Open repositories: a second look' }] })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(3)]]);
    });

    it('takes the year of a record without one from its proceedings', async () => {
      const { published: _, ...rest } = work({ source: { title: 'Proceedings of X 2009' } });
      await citations.apply([
        [CITING, citing(aReference({ title, year: '2016' }))],
        [CITED, { ...rest, published: '' }],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[]]);
    });
  });

  describe('relations of the metadata', () => {
    const target: Identifier = { scheme: 'doi', value: '10.1/cited' };

    it('cite, and are not counted twice where the list has them too', async () => {
      await citations.apply([
        [
          CITING,
          {
            ...citing(byIdentifier(target)),
            relations: [
              { kind: 'references', target },
              { kind: 'references', target: { scheme: 'doi', value: '10.1/other' } },
              { kind: 'isPartOf', target },
            ],
          },
        ],
        [CITED, work({ publishedDoi: target.value })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(CITED)], []]);
    });

    it('say of a record what cites it', async () => {
      const own: Identifier = { scheme: 'doi', value: '10.1/citing' };
      await citations.apply([
        [CITING, { ...citing(), identifiers: [own] }],
        [CITED, work({ relations: [{ kind: 'isReferencedBy', target: own }] })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(CITED)]]);
      expect(await citations.citing(CITED)).to.deep.equal([keyOf(CITING)]);
    });

    it('say nothing new where both sides say it', async () => {
      const own: Identifier = { scheme: 'doi', value: '10.1/citing' };
      await citations.apply([
        [CITING, { ...citing(byIdentifier(target)), identifiers: [own] }],
        [CITED, work({ publishedDoi: target.value, relations: [{ kind: 'isReferencedBy', target: own }] })],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(CITED)]]);
      expect(await citations.citing(CITED)).to.deep.equal([keyOf(CITING)]);
    });
  });

  describe('as records come and go', () => {
    const reference = aReference({ title: 'Aggregating the open repositories of the world' });

    it('a reference waits for a work that comes later', async () => {
      await citations.apply([[CITING, citing(reference)]]);
      expect(await citations.cited(CITING)).to.deep.equal([[]]);
      await citations.apply([[CITED, work()]]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(CITED)]]);
    });

    it('the links of a withdrawn record go, on both sides', async () => {
      for (const gone of ['withdrawn', 'dropped'] as const) {
        await citations.apply([
          [CITING, citing(reference)],
          [CITED, work()],
        ]);
        await citations.apply([[CITED, gone]]);
        expect(await citations.cited(CITING)).to.deep.equal([[]]);
        await citations.apply([
          [CITED, work()],
          [CITING, gone],
        ]);
        expect(await citations.citing(CITED)).to.deep.equal([]);
        await citations.apply([[CITED, gone]]);
        expect(await citations.rows()).to.deep.equal([]);
      }
    });

    it('a changed record’s links are replaced', async () => {
      await citations.apply([
        [CITING, citing(reference)],
        [CITED, work()],
      ]);
      await citations.apply([[CITING, citing(aReference({ title: 'Something else altogether, and long' }))]]);
      expect(await citations.citing(CITED)).to.deep.equal([]);
      await citations.apply([[3, work({ titles: [{ value: 'Something else altogether, and long' }] })]]);
      expect(await citations.cited(CITING)).to.deep.equal([[keyOf(3)]]);
    });

    it('a record that is put again writes nothing', async () => {
      const same = [CITING, citing(reference)] as const;
      await citations.apply([same]);
      const rows = await citations.rows();
      await citations.apply([same, same]);
      expect(await citations.rows()).to.deep.equal(rows);
    });

    it('a record does not cite itself', async () => {
      await citations.apply([
        [
          CITING,
          {
            ...work(),
            references: [
              reference,
              byIdentifier({ scheme: 'url', value: `https://node.example/records/${keyOf(CITING)}` }),
            ],
          },
        ],
      ]);
      expect(await citations.cited(CITING)).to.deep.equal([[], []]);
      expect(await citations.citing(CITING)).to.deep.equal([]);
    });
  });

  describe('pages', () => {
    const title = (n: number): string => `The open repository number ${n} of a whole world`;

    it('give what a record cites in the order of its list, each once', async () => {
      const numbers = [...Array(25).keys()];
      await citations.apply([
        [1, citing(...numbers.map((n) => aReference({ title: title(n) })))],
        ...numbers
          .filter((n) => n % 2 === 0)
          .map((n) => [n + 100, work({ titles: [{ value: title(n) }] })] as const),
      ]);
      const indexes: (number | undefined)[] = [];
      const works: string[][] = [];
      let after: string | undefined;
      do {
        const page = await citations.reader.cites([keyOf(1)], {
          limit: 7,
          ...(after !== undefined && { after }),
        });
        indexes.push(...page.works.map(({ index }) => index));
        works.push(...page.works.map((one) => one.works));
        after = page.next;
      } while (after !== undefined);
      expect(indexes).to.deep.equal(numbers);
      expect(works).to.deep.equal(numbers.map((n) => (n % 2 === 0 ? [keyOf(n + 100)] : [])));
    });

    it('give who cites a record in the order of the keys, each once', async () => {
      const numbers = [...Array(25).keys()].map((n) => n + 100);
      const doi = { scheme: 'doi', value: '10.1/x' } as const;
      await citations.apply([
        [1, work({ identifiers: [doi] })],
        // By DOI, by title, and by both.
        ...numbers.map((n) => {
          const byTitle = aReference({ title: 'Aggregating the open repositories of the world' });
          return [
            n,
            citing(
              ...(n % 3 === 0 ? [byIdentifier(doi)] : n % 3 === 1 ? [byTitle] : [byTitle, byIdentifier(doi)]),
            ),
          ] as const;
        }),
      ]);
      const records: string[] = [];
      let after: string | undefined;
      do {
        const page = await citations.reader.citedBy([keyOf(1)], {
          limit: 7,
          ...(after !== undefined && { after }),
        });
        records.push(...page.records);
        after = page.next;
      } while (after !== undefined);
      expect(records).to.deep.equal(numbers.map(keyOf).sort());
    });

    it('are counted', async () => {
      await citations.apply([
        [
          1,
          citing(
            aReference({ title: 'Aggregating the open repositories of the world' }),
            byIdentifier({ scheme: 'doi', value: '10.1/unknown' }),
          ),
        ],
        [2, work()],
        [3, citing(aReference({ title: 'Aggregating the open repositories of the world' }))],
      ]);
      expect(await citations.reader.counts([keyOf(1)])).to.deep.equal({ references: 2, cites: 1 });
      expect(await citations.reader.counts([keyOf(2)])).to.deep.equal({ references: 0, cites: 0 });
    });

    it('give what the copies of a work cite, once what several of them list', async () => {
      const numbered = (n: number): Reference => aReference({ title: title(n) });
      const doi = byIdentifier({ scheme: 'doi', value: '10.1/x' });
      const bare: Reference = { text: 'Somebody. Something unheard of. 1999.' };
      await citations.apply([
        [1, citing(numbered(1), doi, bare)],
        [2, citing(bare, numbered(2), numbered(1), doi, numbered(3))],
        [11, work({ titles: [{ value: title(1) }] })],
      ]);
      const copies = [keyOf(2), keyOf(1)];
      for (const limit of [1, 2, 3, 100]) {
        const texts: string[] = [];
        let after: string | undefined;
        do {
          const page = await citations.reader.cites(copies, { limit, ...(after !== undefined && { after }) });
          texts.push(...page.works.map(({ reference }) => reference?.text ?? ''));
          after = page.next;
        } while (after !== undefined);
        expect(texts, `by ${limit}`).to.have.length(5);
        expect(texts).to.have.members(
          [numbered(1), doi, bare, numbered(2), numbered(3)].map(({ text }) => text),
        );
      }
      expect(await citations.reader.counts(copies)).to.deep.equal({ references: 5, cites: 1 });
    });

    it('are empty for what is not held', async () => {
      expect(await citations.reader.cites([keyOf(9)], { limit: 5 })).to.deep.equal({ works: [] });
      expect(await citations.reader.citedBy([keyOf(9)], { limit: 5 })).to.deep.equal({ records: [] });
    });
  });
});
