import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { OwnChange } from '../../node/catalogue/index.ts';
import type { Reference } from '../../vocab/record.ts';
import { toNQuads } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

const CITO = 'http://purl.org/spar/cito/';
const JSON_LD = { accept: 'application/ld+json' };

interface Item {
  id?: string;
  titles: { value: string }[];
  citation?: string;
  cites?: string[];
  citedBy?: string[];
  'schema:exampleOfWork'?: { id: string; 'schema:workExample': { id: string }[] };
}
interface Answer {
  id: string;
  citationCounts?: { references: number; cites: number; citedBy: number; isMore: boolean };
  orderedItems: Item[];
  next?: string;
}

const title = (n: number): string => `The open repository number ${n} of a whole world`;
const reference = (n: number, more: Partial<Reference> = {}): Reference => ({
  text: `Knoth, P. (2016). ${title(n)}. Journal.`,
  title: title(n),
  year: '2016',
  ...more,
});
const cited = (n: number, parts = {}): OwnChange => aPut(n, { titles: [{ value: title(n) }], ...parts });
const citing = (n: number, ...references: Reference[]): OwnChange =>
  aPut(n, { titles: [{ value: `A survey of everything, number ${n}` }], references });

describe('/records/{key}/citations', () => {
  let site: TestSite;
  let survey: string;
  let first: string;

  const answer = async (path: string): Promise<Answer> =>
    (await (await site.get(path, JSON_LD)).json()) as Answer;
  const keyOf = (iri: string | undefined): string => iri?.split('/').at(-1) ?? '';

  before(async () => {
    site = await aSite();
    [survey = '', first = ''] = await site.put(
      citing(
        100,
        reference(1),
        reference(2, { identifier: { scheme: 'doi', value: '10.1000/unknown' } }),
        { text: 'Somebody. Something <b>unheard of</b>. 1999.' },
        ...[...Array(8).keys()].map((i) => reference(i + 10)),
      ),
      cited(1),
      ...[...Array(5).keys()].map((i) => citing(200 + i, reference(1))),
    );
    const peer = await site.peer('University of Nordmark', 'https://nordmark.example');
    await site.follow(peer, cited(1), citing(300, reference(1)));
  });

  after(() => site.close());

  it('lists as JSON-LD what the record cites, and then what cites it', async () => {
    const { orderedItems, id } = await answer(`/records/${survey}/citations`);
    expect(id).to.equal(`https://node.example/records/${survey}/citations`);
    expect(orderedItems).to.have.length(11);
    const [held, known, unknown] = orderedItems;
    expect(keyOf(held?.id)).to.equal(first);
    expect(held?.citation).to.equal(reference(1).text);
    expect(held?.citedBy).to.deep.equal([`https://node.example/records/${survey}`]);
    expect(held?.['schema:exampleOfWork']?.['schema:workExample']).to.have.length(1);
    expect(known?.id).to.equal('https://doi.org/10.1000/unknown');
    expect(unknown?.id).to.equal(undefined);
    expect(unknown?.citation).to.include('unheard of');
  });

  it('lists who cites a record or a copy of it', async () => {
    const { orderedItems } = await answer(`/records/${first}/citations`);
    expect(orderedItems).to.have.length(7);
    expect(orderedItems.every(({ cites }) => keyOf(cites?.[0]) === first)).to.equal(true);
    expect(orderedItems.map(({ id }) => new URL(id ?? '').host)).to.include('nordmark.example');
  });

  it('counts works, once with the first page', async () => {
    const { citationCounts: counts } = await answer(`/records/${survey}/citations`);
    expect(counts).to.deep.equal({ references: 11, cites: 1, citedBy: 0, isMore: false });
    const { citationCounts: others, next = '' } = await answer(`/records/${first}/citations?limit=2`);
    expect(others).to.deep.equal({ references: 0, cites: 0, citedBy: 7, isMore: false });
    const second = await answer(next.replace('https://node.example', ''));
    expect(second).not.to.have.property('citationCounts');
  });

  it('means what CiTO means', async () => {
    const triples = async (key: string): Promise<string> =>
      await toNQuads({ ...(await answer(`/records/${key}/citations?limit=1`)) });
    const iri = (key: string): string => `<https://node.example/records/${key}>`;
    expect(await triples(survey)).to.include(`${iri(first)} <${CITO}isCitedBy> ${iri(survey)} .`);
    expect(await triples(first)).to.match(new RegExp(`<${CITO}cites> ${iri(first)} \\.`));
  });

  it('goes on page by page, each item once', async () => {
    for (const [key, size] of [
      [survey, 11],
      [first, 7],
    ] as const) {
      const items: string[] = [];
      let path: string | undefined = `/records/${key}/citations?limit=3`;
      while (path !== undefined) {
        const { orderedItems, next }: Answer = await answer(path);
        items.push(...orderedItems.map((item) => JSON.stringify(item)));
        path = next?.replace('https://node.example', '');
      }
      expect(items).to.have.length(size);
      expect(new Set(items)).to.have.property('size', size);
    }
  });

  it('gives one half of it where that is asked for', async () => {
    expect((await answer(`/records/${survey}/citations?direction=citedBy`)).orderedItems).to.deep.equal([]);
    expect((await answer(`/records/${first}/citations?direction=cites`)).orderedItems).to.deep.equal([]);
    expect((await answer(`/records/${first}/citations?direction=citedBy`)).orderedItems).to.have.length(7);
  });

  it('is a page for people, and part of the record’s page', async () => {
    for (const path of [`/records/${survey}/citations`, `/records/${survey}`]) {
      const page = await site.page(path);
      expect(page, path).to.include('<h2 id="references">References</h2>');
      expect(page, path).to.include('11 references');
      expect(page, path).to.include('1 work among them in the network');
      expect(page, path).to.include(`href="/records/${first}"`);
      expect(page, path).to.include('href="https://doi.org/10.1000/unknown"');
      expect(page, path).to.include('Something &lt;b&gt;unheard of&lt;/b&gt;');
    }
    expect(await site.page(`/records/${survey}`)).to.include(`href="/records/${survey}/citations"`);
    const page = await site.page(`/records/${first}`);
    expect(await site.page(`/records/${first}/citations`)).to.include('All of them as a table (CSV)');
    expect(page, 'also where all are shown').to.include(`href="/records/${first}/citations"`);
    expect(page).to.include('<h2 id="cited-by">Cited by</h2>').and.include('7 works in the network');
  });

  it('is there in the four languages', async () => {
    for (const [lang, words] of [
      ['es', 'Citado por'],
      ['pt', 'Citado por'],
      ['fr', 'Cité par'],
      ['en', 'Cited by'],
    ] as const) {
      expect(await site.page(`/records/${first}/citations?lang=${lang}`)).to.include(words);
    }
  });

  it('leads people on to further pages', async () => {
    const page = await site.page(`/records/${first}/citations?limit=3`);
    const next = /href="([^"]*direction=citedBy[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await site.page(
      new URL(next, 'https://node.example').pathname + new URL(next, 'https://node.example').search,
    );
    expect(second).to.include('A survey of everything').and.not.include('id="references"');
  });

  describe('as a table', () => {
    const table = async (path: string, headers = {}): Promise<string[][]> => {
      const response = await site.get(path, headers);
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(0, 3)).to.deep.equal(Buffer.from([0xef, 0xbb, 0xbf]));
      return parse(bytes.subarray(3).toString());
    };
    const TABLE = { accept: 'text/csv' };

    it('has all of both lists, a line each', async () => {
      const [head = [], ...rows] = await table(`/records/${survey}/citations`, TABLE);
      const at = (name: string): number => head.indexOf(name);
      expect(rows).to.have.length(11);
      const [held, known, unknown] = rows;
      expect(held?.[at('record')]).to.equal(`https://node.example/records/${first}`);
      expect(held?.[at('copies')]).to.match(/^https:\/\/nordmark\.example\/records\/\w{20}$/);
      expect(held?.[at('year')]).to.equal('2016');
      expect(known?.[at('identifiers')]).to.equal('https://doi.org/10.1000/unknown');
      expect(unknown?.[at('reference')]).to.include('unheard of');
      expect(rows.every((row) => row[at('direction')] === 'cites')).to.equal(true);
      const citing = await table(`/records/${first}/citations?format=csv&direction=citedBy&limit=2`);
      expect(citing).to.have.length(8);
    });

    it('is longer than a page where there is more', async () => {
      const [key = ''] = await site.put(citing(700, ...[...Array(250).keys()].map((i) => reference(i + 20))));
      expect(await table(`/records/${key}/citations`, TABLE)).to.have.length(251);
    });

    it('runs no formula in a spreadsheet', async () => {
      const formulas = ['=cmd()', '+1', '-1', '@x'];
      const [key = ''] = await site.put(
        citing(800, ...formulas.map((text) => ({ text: `${text}, a title` }))),
      );
      const [head = [], ...rows] = await table(`/records/${key}/citations`, TABLE);
      const texts = rows.map((row) => row[head.indexOf('reference')]);
      expect(texts).to.deep.equal(formulas.map((text) => `'${text}, a title`));
    });

    it('says what is wrong as a problem, not as a table', async () => {
      const response = await site.get(`/records/${'a'.repeat(20)}/citations`, TABLE);
      expect(response.status).to.equal(404);
      expect(response.headers.get('content-type')).to.equal('application/problem+json');
    });
  });

  describe('of a work', () => {
    let work: string;
    before(async () => {
      const peer = await site.peer('University of Sundhavn', 'https://sundhavn.example');
      const twice = { titles: [{ value: 'One survey in two repositories of the world' }] };
      const [own = ''] = await site.put(
        aPut(500, { ...twice, references: [reference(1), { text: 'Nobody. Nothing at all. 1998.' }] }),
      );
      await site.follow(peer, aPut(500, { ...twice, references: [reference(1), reference(2)] }));
      work = (await site.parts.duplicates.workOf(own)) ?? '';
      expect(await site.parts.duplicates.copiesOf(own)).to.have.length(1);
    });

    it('are what any of its records cites, once what several do, and what cites any of them', async () => {
      const { orderedItems, id, citationCounts } = await answer(`/works/${work}/citations`);
      expect(id).to.equal(`https://node.example/works/${work}/citations`);
      expect(orderedItems.map(({ citation }) => citation)).to.have.members([
        reference(1).text,
        reference(2).text,
        'Nobody. Nothing at all. 1998.',
      ]);
      expect(citationCounts).to.deep.equal({ references: 3, cites: 1, citedBy: 0, isMore: false });
      expect(orderedItems[0]?.citedBy).to.deep.equal([`https://node.example/works/${work}`]);
      const page = await site.page(`/works/${work}/citations`);
      expect(page).to.include('3 references').and.include(`href="/works/${work}"`);
      const { orderedItems: citing } = await answer(
        `/works/${await site.parts.duplicates.workOf(first)}/citations?direction=citedBy`,
      );
      // The two copies of the survey are one work.
      expect(citing).to.have.length(8);
    });

    it('are found under a former id of the work', async () => {
      const { members } = (await site.parts.duplicates.work(work)) ?? { members: [] };
      const former = members.map((key) => `w${key}`).find((id) => id !== work);
      const response = await site.get(`/works/${former}/citations?direction=cites`, JSON_LD);
      expect(response.status).to.equal(303);
      const location = `https://node.example/works/${work}/citations?direction=cites`;
      expect(response.headers.get('location')).to.equal(location);
    });

    it('are not there for what is no work', async () => {
      for (const id of [`w${'a'.repeat(20)}`, 'nonsense', first]) {
        expect((await site.get(`/works/${id}/citations`, JSON_LD)).status, id).to.equal(404);
      }
    });
  });

  it('is found by OAI identifier', async () => {
    const { id } = await answer(`/records/${encodeURIComponent('oai:repository.example:100')}/citations`);
    expect(keyOf(id.replace('/citations', ''))).to.equal(survey);
  });

  it('is not there for what is unknown, and gone for what is gone', async () => {
    const [gone = ''] = await site.put(aPut(900));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:900', reason: 'Test' });
    for (const accept of ['application/ld+json', BROWSER]) {
      expect((await site.get(`/records/${'a'.repeat(20)}/citations`, { accept })).status).to.equal(404);
      expect((await site.get(`/records/${gone}/citations`, { accept })).status).to.equal(410);
    }
  });

  it('refuses what it does not understand', async () => {
    for (const query of [
      'direction=up',
      'after=nowhere',
      'after=cites:!',
      'limit=0',
      'limit=1000',
      'after=citedBy:A',
    ]) {
      expect((await site.get(`/records/${survey}/citations?${query}`, JSON_LD)).status, query).to.equal(400);
    }
  });
});
