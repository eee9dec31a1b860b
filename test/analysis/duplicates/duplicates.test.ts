import { expect } from 'chai';
import { Duplicates, type Says, type Statements } from '../../../node/analysis/duplicates/index.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import type { Agent, Identifier } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

const doi = (value: string): Identifier => ({ scheme: 'doi', value });
const title = (...values: string[]): Pick<HarvestedRecord, 'titles'> => ({
  titles: values.map((value) => ({ value })),
});
const author = (name: string, family?: string): Agent => ({
  name,
  kind: 'person',
  ...(family === undefined ? {} : { family }),
});
const by = (...creators: Agent[]): Pick<HarvestedRecord, 'creators'> => ({ creators });

const TITLE = 'Towards effective research recommender systems for repositories';

describe('duplicates', () => {
  let test: TestCatalogue;
  let duplicates: Duplicates;
  beforeEach(async () => {
    test = await aCatalogue();
    duplicates = new Duplicates();
  });
  afterEach(async () => {
    await test.close();
  });

  /** Puts the records and gives back their keys, in order, once the reader has read them. */
  async function held(...records: Partial<HarvestedRecord>[]): Promise<string[]> {
    const results = await test.catalogue.put(records.map((record, i) => aPut(i + 1, record)));
    const runner = await test.run(duplicates);
    await runner.caughtUp();
    return results.map(({ key }) => key);
  }

  async function areOneWork(...records: Partial<HarvestedRecord>[]): Promise<boolean> {
    const keys = await held(...records);
    const works = await Promise.all(keys.map((key) => duplicates.workOf(key)));
    return new Set(works).size === 1;
  }

  describe('two records are one work', () => {
    it('by a DOI, whatever else differs', async () => {
      const a = { ...title('One thing entirely'), identifiers: [doi('10.1/x')], published: '2015' };
      const b = { ...title('Quite another matter'), identifiers: [doi('10.1/x')], published: '2016' };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('by the DOI of the published work at one, and as its own at the other', async () => {
      const a = {
        ...title('A preprint title'),
        identifiers: [doi('10.5281/zenodo.1')],
        publishedDoi: '10.1/x',
      };
      const b = { ...title('Its published title'), identifiers: [doi('10.1/x')] };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('by arXiv identifier, in any version, also as a DOI', async () => {
      const a = { identifiers: [{ scheme: 'arxiv', value: '2101.00001v2' }] satisfies Identifier[] };
      const b = { ...title('Something else altogether'), identifiers: [doi('10.48550/arxiv.2101.00001')] };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('by title, author and year, across case, accents, punctuation and HTML', async () => {
      const a = {
        ...title('Café au lait &amp; “e-prints”: l’étude'),
        ...by(author('Müller, Jürgen', 'Müller')),
      };
      const b = {
        ...title("CAFE AU LAIT &amp;amp; <i>eprints</i> - L'etude."),
        ...by(author('Juergen Mueller')),
      };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('where one leaves the subtitle out', async () => {
      const b = title(`${TITLE}: a case study with CORE`);
      expect(await areOneWork(title(TITLE), b)).to.equal(true);
    });

    it('where the authors stand in another order', async () => {
      const a = {
        ...title(TITLE),
        ...by(author('Knoth, Petr', 'Knoth'), author('Zdrahal, Zdenek', 'Zdrahal')),
      };
      const b = { ...title(TITLE), ...by(author('Zdenek Zdrahal'), author('Petr Knoth')) };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('by a translated title that both carry', async () => {
      const a = title('Hacia repositorios de próxima generación en red', TITLE);
      expect(await areOneWork(a, title(TITLE))).to.equal(true);
    });

    it('by ISBN and title, without author or year', async () => {
      const isbn: Identifier = { scheme: 'isbn', value: '9781234567897' };
      const a = { ...title(TITLE), identifiers: [isbn], creators: [], published: '2015' };
      const b = { ...title(TITLE), identifiers: [isbn], creators: [], published: '2016' };
      expect(await areOneWork(a, b)).to.equal(true);
    });

    it('in scripts without spaces', async () => {
      const a = title('基於字元階層之語音合成用文脈訊息擷取');
      expect(await areOneWork(a, title('基於字元階層之 語音合成用文脈訊息擷取'))).to.equal(true);
    });
  });

  describe('two records are two works', () => {
    const cases: Record<string, [Partial<HarvestedRecord>, Partial<HarvestedRecord>]> = {
      'where the title says nothing, even with the same author and year': [
        title('Editorial'),
        title('Editorial'),
      ],
      'where a longer title says nothing': [
        title('Introduction to the special issue'),
        title('Introduction to the Special Issue'),
      ],
      'where both have no title': [title(), title()],
      'where the title is punctuation only': [title('?!… — (*)'), title('?!… — (*)')],
      'where the years lie far apart': [
        { ...title(TITLE), published: '2010' },
        { ...title(TITLE), published: '2016' },
      ],
      'where the authors differ': [
        { ...title(TITLE), ...by(author('Knoth, Petr')) },
        { ...title(TITLE), ...by(author('Pontika, Nancy')) },
      ],
      'where neither names an author, and the years differ': [
        { ...title(TITLE), creators: [], published: '2010' },
        { ...title(TITLE), creators: [], published: '2011' },
      ],
      'where the subtitles differ': [title(`${TITLE}: the first study`), title(`${TITLE}: the second study`)],
      'where one is a reply to the other': [title(TITLE), title(`${TITLE}: a reply`)],
      'where one is a part of the other': [title(TITLE), title(`${TITLE} (part 1)`)],
      'where their published DOIs differ': [
        { ...title(TITLE), publishedDoi: '10.1/x' },
        { ...title(TITLE), publishedDoi: '10.1/y' },
      ],
      'where their own DOIs differ': [
        { ...title(TITLE), identifiers: [doi('10.1/x')] },
        { ...title(TITLE), identifiers: [doi('10.1/y')] },
      ],
      'where they share an ISSN or a URL only': [
        { ...title('The one paper there'), identifiers: [{ scheme: 'issn', value: '1045-4438' }] },
        { ...title('The other paper there'), identifiers: [{ scheme: 'issn', value: '1045-4438' }] },
      ],
      'where they are chapters of one book': [
        { ...title('Beginnings of libraries'), identifiers: [{ scheme: 'isbn', value: '9781234567897' }] },
        { ...title('Futures of libraries'), identifiers: [{ scheme: 'isbn', value: '9781234567897' }] },
      ],
    };
    for (const [where, [a, b]] of Object.entries(cases)) {
      it(where, async () => {
        expect(await areOneWork(a, b)).to.equal(false);
      });
    }
  });

  it('does not take a DOI of the deposit and one of the publication for a contradiction', async () => {
    const a = { ...title(TITLE), identifiers: [doi('10.5281/zenodo.1')] };
    expect(await areOneWork(a, { ...title(TITLE), publishedDoi: '10.1/x' })).to.equal(true);
  });

  it('tells the work of every record, its members and the other copies', async () => {
    const x = { identifiers: [doi('10.1/x')] };
    const [a = '', b = '', alone = ''] = await held(
      x,
      { ...x, ...title('Other') },
      title('Something else altogether'),
    );
    const members = [a, b].sort();
    const id = `w${members[0]}`;
    expect(await duplicates.workOf(a)).to.equal(id);
    expect(await duplicates.work(id)).to.deep.equal({ id, members });
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
    expect(await duplicates.workOf(alone)).to.equal(`w${alone}`);
    expect(await duplicates.work(`w${alone}`)).to.deep.equal({ id: `w${alone}`, members: [alone] });
    expect(await duplicates.copiesOf(alone)).to.deep.equal([]);
    expect(await duplicates.worksOf([alone, b, 'a'.repeat(20), a])).to.deep.equal([
      { id: `w${alone}`, members: [alone] },
      { id, members },
      undefined,
      { id, members },
    ]);
    expect(await duplicates.works({ limit: 10 })).to.deep.equal([{ id, members }]);
    expect(await duplicates.works({ after: id, limit: 10 })).to.deep.equal([]);
    expect(duplicates.counts()).to.deep.equal({ works: 2, clusters: 1 });
  });

  it('knows nothing of what is not held', async () => {
    await held(title(TITLE));
    expect(await duplicates.workOf('a'.repeat(20))).to.equal(undefined);
    expect(await duplicates.work('w')).to.equal(undefined);
    expect(await duplicates.work(`w${'a'.repeat(20)}`)).to.equal(undefined);
    expect(await duplicates.copiesOf('a'.repeat(20))).to.deep.equal([]);
  });

  it('says why: the evidence adds up, and a veto is named', async () => {
    const [a = '', b = '', c = ''] = await held(
      { ...title(TITLE), identifiers: [doi('10.1/x')] },
      { ...title(TITLE), identifiers: [doi('10.1/x')] },
      title(`${TITLE} (part 2)`),
    );
    const why = await duplicates.why(a, b);
    expect(why?.verdict).to.equal('same');
    expect(why?.vetoes).to.deep.equal([]);
    expect(why?.evidence.map(({ feature, level }) => [feature, level])).to.deep.equal([
      ['title', 'same long'],
      ['authors', 'one'],
      ['year', 'same'],
      ['identifiers', 'same'],
      ['origin', 'same'],
      ['language', 'same'],
    ]);
    expect(why?.evidence.find(({ feature }) => feature === 'identifiers')?.of).to.deep.equal([
      'doi:10.1/x',
      'doi:10.1/x',
    ]);
    expect(why?.evidence.reduce((sum, { bits }) => sum + bits, 0)).to.be.closeTo(why?.bits ?? 0, 1e-9);
    expect(why?.bits).to.be.at.least(why?.needed ?? Infinity);
    const not = await duplicates.why(a, c);
    expect(not?.verdict).to.equal('different');
    expect(not?.vetoes.map(({ veto }) => veto)).to.deep.equal(['numbering']);
    expect(await duplicates.why(a, a)).to.equal(undefined);
    expect(await duplicates.why(a, 'a'.repeat(20))).to.equal(undefined);
  });

  it('lets a record go when it is withdrawn', async () => {
    const [a = '', b = '', gone = ''] = await held(title(TITLE), title(TITLE), title(TITLE));
    expect(await duplicates.copiesOf(a)).to.have.members([b, gone]);
    await test.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:3', reason: 'Retracted' },
    ]);
    const again = await test.run(new Duplicates());
    await again.caughtUp();
    expect(await duplicates.workOf(gone)).to.equal(undefined);
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
  });

  it('does as the manager says, at once, and as computed again when she takes it back', async () => {
    const said = new Map<string, Says>();
    const listeners: ((records: readonly string[]) => void)[] = [];
    const [a = '', b = '', c = ''] = await held(
      title(TITLE),
      title(TITLE),
      title('Quite another matter altogether'),
    );
    duplicates = new Duplicates({
      statements: {
        of: async (record) =>
          [...said].flatMap(([pair, says]) => {
            const ends = pair.split(' ');
            return ends.includes(record)
              ? ends.filter((end) => end !== record).map((other) => ({ other, says }))
              : [];
          }),
        records: () => [...said.keys()].flatMap((pair) => pair.split(' ')),
        onChange: (listener) => {
          listeners.push(listener);
          return () => undefined;
        },
      },
    });
    await (await test.run(duplicates)).caughtUp();
    const say = async (one: string, other: string, says: Says | undefined): Promise<void> => {
      if (says === undefined) said.delete(`${one} ${other}`);
      else said.set(`${one} ${other}`, says);
      for (const listener of listeners) listener([one, other]);
      await duplicates.settled();
    };
    await say(a, b, 'different');
    expect(await duplicates.copiesOf(a)).to.deep.equal([]);
    expect((await duplicates.why(a, b))?.statement).to.equal('different');
    await say(a, c, 'same');
    expect(await duplicates.copiesOf(a)).to.deep.equal([c]);
    await say(a, b, undefined);
    await say(a, c, undefined);
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
    expect(duplicates.counts()).to.deep.equal({ works: 2, clusters: 1 });
  });

  it('takes in at its start what was said, or taken back, just before the node ended', async () => {
    const said = new Map<string, Says>();
    const statements: Statements = {
      of: async (record) =>
        [...said].flatMap(([pair, says]) => {
          const ends = pair.split(' ');
          return ends
            .filter((end) => ends.includes(record) && end !== record)
            .map((other) => ({ other, says }));
        }),
      records: () => [...said.keys()].flatMap((pair) => pair.split(' ')),
      onChange: () => () => undefined,
    };
    const started = async (): Promise<void> => {
      duplicates = new Duplicates({ statements });
      const runner = await test.run(duplicates);
      await runner.caughtUp();
      await duplicates.settled();
      await runner.stop();
    };
    const [a = '', b = ''] = await held(title(TITLE), title(TITLE));
    await started();
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
    said.set(`${a} ${b}`, 'different');
    await started();
    expect(await duplicates.copiesOf(a)).to.deep.equal([]);
    said.clear();
    await started();
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
  });

  it('finds the same after a restart', async () => {
    const x = { identifiers: [doi('10.1/x')] };
    const [a = '', b = ''] = await held(x, { ...x, ...title('Other') });
    test = await test.reopen();
    duplicates = new Duplicates();
    const runner = await test.run(duplicates);
    await runner.caughtUp();
    expect(await duplicates.copiesOf(a)).to.deep.equal([b]);
    expect(duplicates.counts()).to.deep.equal({ works: 1, clusters: 1 });
  });
});
