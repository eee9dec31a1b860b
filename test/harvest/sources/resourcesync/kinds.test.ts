import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { oaiDc } from '../../../support/misbehaving-repository.ts';
import { aSync, putRecords, read, type TestSync } from './support.ts';

const MINUTE = 60_000;

describe('what a source of ResourceSync lists', () => {
  let test: TestSync;
  beforeEach(async () => {
    test = await aSync();
    test.server.offers = ['resourcelist'];
  });
  afterEach(() => test.close());

  const getRecord = (inner: string): string =>
    '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<responseDate>2026-01-01T00:00:00Z</responseDate><GetRecord>${inner}</GetRecord></OAI-PMH>`;
  const header =
    '<header><identifier>oai:x:1</identifier><datestamp>2020-02-02</datestamp><setSpec>theses</setSpec></header>';

  const records: {
    name: string;
    body: string | Buffer;
    type?: string | undefined;
    format: string;
    item?: object;
  }[] = [
    { name: 'oai_dc', body: oaiDc('A'), format: 'oai_dc' },
    {
      name: 'oai_dc with a declaration before it',
      body: `\n<?xml version="1.0"?>\n<!-- made -->${oaiDc('A')}`,
      format: 'oai_dc',
    },
    { name: 'oai_dc of which nothing is told', body: oaiDc('A'), type: undefined, format: 'oai_dc' },
    { name: 'oai_dc that is packed', body: gzipSync(oaiDc('A')), type: 'application/xml', format: 'oai_dc' },
    {
      name: 'an answer to GetRecord',
      body: getRecord(`<record>${header}<metadata>${oaiDc('A')}</metadata></record>`),
      format: 'oai_dc',
      item: { datestamp: '2020-02-02', sets: ['theses'] },
    },
    {
      name: 'a record of OAI-PMH alone',
      body: `<record xmlns="http://www.openarchives.org/OAI/2.0/">${header}<metadata>${oaiDc('A')}</metadata></record>`,
      format: 'oai_dc',
      item: { sets: ['theses'] },
    },
    {
      name: "DataCite's JSON",
      body: JSON.stringify({
        doi: '10.1000/1',
        titles: [{ title: 'A' }],
        creators: [{ name: 'B' }],
        types: {},
      }),
      type: 'application/vnd.datacite.datacite+json',
      format: 'datacite_json',
    },
    {
      name: "DataCite's JSON in its envelope",
      body: JSON.stringify({
        data: {
          type: 'dois',
          attributes: { doi: '10.1000/1', titles: [{ title: 'A' }], creators: [], publicationYear: 2020 },
        },
      }),
      type: 'application/json',
      format: 'datacite_json',
    },
    {
      name: 'CSL-JSON',
      body: JSON.stringify([{ id: 'x', type: 'article-journal', title: 'A', author: [{ family: 'B' }] }]),
      type: 'application/vnd.citationstyles.csl+json',
      format: 'csl_json',
    },
    {
      name: 'the JSON-LD of another node',
      body: JSON.stringify({
        '@context': 'https://node.example/context.jsonld',
        id: 'https://node.example/records/aaaaaaaaaaaaaaaaaaaa',
        type: 'CreativeWork',
        node: '12D3KooW',
        oaiIdentifier: 'oai:x:1',
        titles: [{ value: 'A' }],
      }),
      type: 'application/ld+json',
      format: 'ngr_jsonld',
      item: { oaiIdentifier: 'oai:x:1' },
    },
  ];
  for (const { name, body, format, item = {}, ...rest } of records) {
    it(`is a record where it is ${name}`, async () => {
      test.server.put('/a', body, rest);
      const { items, codes } = await read(test.source());
      expect(codes).to.deep.equal([]);
      expect(items).to.have.length(1);
      expect(items[0]?.metadata?.format).to.equal(format);
      expect(items[0]).to.deep.include(item);
    });
  }

  const others: { name: string; body: string | Buffer; type?: string | undefined; fetched: number }[] = [
    { name: 'a picture', body: 'PNG', type: 'image/png', fetched: 0 },
    { name: 'a page', body: '<html></html>', type: 'text/html', fetched: 0 },
    { name: 'a file without metadata', body: '%PDF', type: 'application/pdf', fetched: 0 },
    {
      name: 'a page of which nothing is told',
      body: '<!doctype html><html></html>',
      type: undefined,
      fetched: 1,
    },
    { name: 'XML of another kind', body: '<article xmlns="http://docbook.org/ns/docbook"/>', fetched: 1 },
    { name: 'JSON of another kind', body: '{"hello":"world"}', type: 'application/json', fetched: 1 },
    { name: 'a list', body: '[1,2,3]', type: 'application/json', fetched: 1 },
    { name: 'an OAI-PMH answer with an error', body: getRecord(''), fetched: 1 },
    { name: 'text', body: 'hello', type: undefined, fetched: 1 },
  ];
  for (const { name, body, fetched, ...rest } of others) {
    it(`is counted, no more, where it is ${name}`, async () => {
      test.server.put('/a', body, rest);
      putRecords(test.server, 1);
      const { titles, codes, lost, pages } = await read(test.source());
      expect(titles).to.deep.equal({ 1: 'Title 1' });
      expect({ codes, lost }).to.deep.equal({ codes: ['RESOURCESYNC_OTHER_RESOURCES'], lost: 0 });
      expect(pages.at(-1)?.ofSource?.[0]).to.include({ severity: 'info' });
      expect(test.server.asked.filter((path) => path === '/a')).to.have.length(fetched);
    });
  }

  const broken: { name: string; body: string; type?: string }[] = [
    { name: 'XML that is damaged', body: '<oai_dc:dc><dc:title>A & B</dc:title></oai_dc:dc>' },
    { name: 'XML with an entity bomb', body: `<!DOCTYPE a [<!ENTITY b "c">]>${oaiDc('&b;')}` },
    { name: 'JSON that is damaged', body: '{"titles": [', type: 'application/json' },
    { name: 'a web page in the place of XML', body: '<!DOCTYPE html><html><body>Log in' },
    { name: 'nothing in the place of XML', body: '' },
  ];
  for (const { name, body, type } of broken) {
    it(`is told of where it is ${name}`, async () => {
      test.server.put('/a', body, type === undefined ? {} : { type });
      const { items, codes, pages } = await read(test.source());
      expect(items).to.deep.equal([]);
      expect(codes).to.deep.equal(['RESOURCESYNC_RESOURCE_UNREADABLE']);
      expect(pages[0]?.problems[0]).to.include({ oaiIdentifier: `${test.server.url}/a`, severity: 'error' });
    });
  }

  it('is read as what it is where its encoding is not what it says', async () => {
    test.server.put('/a', Buffer.from(oaiDc('Über'), 'latin1'), { type: 'application/xml; charset=utf-8' });
    const { titles, codes } = await read(test.source());
    expect(titles).to.deep.equal({ a: 'Über' });
    expect(codes).to.deep.equal(['RESOURCESYNC_WRONG_ENCODING']);
  });

  it('is deleted where it is a tombstone of another node', async () => {
    const tombstone = {
      '@context': 'x',
      id: 'x',
      type: 'Tombstone',
      node: 'n',
      oaiIdentifier: 'oai:x:1',
      titles: [],
    };
    test.server.put('/a', JSON.stringify(tombstone), { type: 'application/ld+json' });
    const { items } = await read(test.source());
    expect(items).to.deep.equal([{ oaiIdentifier: 'oai:x:1', datestamp: '2026-01-01T00:00:00Z', sets: [] }]);
  });

  it('bears the collections that it belongs to', async () => {
    test.server.put('/a', oaiDc('A'), { links: [{ rel: 'collection', href: 'https://x.example/theses' }] });
    expect((await read(test.source())).items[0]?.sets).to.deep.equal(['https://x.example/theses']);
  });

  describe('with files', () => {
    const filesOf = async (selection = {}): Promise<unknown> => {
      const { items } = await read(test.source(), selection);
      return items.map(({ files = [] }) => files.map(({ url }) => url.replace(test.server.url, '')));
    };
    const describedBy = (metadata: string): { type: string; links: { rel: string; href: string }[] } => ({
      type: 'application/pdf',
      links: [{ rel: 'describedby', href: test.server.url + metadata }],
    });

    it('joins them to the metadata that they name, and does not fetch them', async () => {
      test.server.put('/1.pdf', 'a file', describedBy('/1.xml'));
      test.server.put('/1.xml', oaiDc('One'));
      test.server.put('/1-2.pdf', 'another', describedBy('/1.xml'));
      const { items, codes } = await read(test.source());
      expect(items[0]?.files?.[0]).to.deep.equal({
        url: `${test.server.url}/1.pdf`,
        format: 'application/pdf',
        length: 6,
        sha256: createHash('sha256').update('a file').digest('hex'),
      });
      expect(items[0]?.files).to.have.length(2);
      expect(codes).to.deep.equal([]);
      expect(test.server.fetched).to.deep.equal(['/1.xml']);
    });

    it('joins those that the metadata name, each once', async () => {
      const link = { rel: 'describes', href: `${test.server.url}/1.pdf`, type: 'application/pdf', length: 6 };
      test.server.put('/1.pdf', 'a file', describedBy('/1.xml'));
      test.server.put('/1.xml', oaiDc('One'), {
        links: [link, { rel: 'describes', href: `${test.server.url}/1` }],
      });
      expect(await filesOf()).to.deep.equal([['/1.pdf']]);
    });

    it('says where files are described in another list', async () => {
      test.server.listSize = 1;
      test.server.put('/1.xml', oaiDc('One'));
      test.server.put('/1.pdf', 'a file', describedBy('/1.xml'));
      expect((await read(test.source())).codes).to.deep.equal(['RESOURCESYNC_FILES_APART']);
    });

    describe('that change', () => {
      beforeEach(() => {
        test.server.offers = ['resourcelist', 'changelist'];
        test.server.put('/1.pdf', 'a file', describedBy('/1.xml'));
        test.server.put('/1-2.pdf', 'another', describedBy('/1.xml'));
        test.server.put('/1.xml', oaiDc('One'));
        test.clock.advance(MINUTE);
      });
      const since = '2026-01-01T00:00:30Z';

      it('brings the metadata along, with all its files', async () => {
        test.server.put('/1.pdf', 'new', describedBy('/1.xml'));
        expect(await filesOf({ since })).to.deep.equal([['/1.pdf', '/1-2.pdf']]);
      });

      it('keeps them where only the metadata change', async () => {
        test.server.put('/1.xml', oaiDc('One, corrected'));
        expect(await filesOf({ since })).to.deep.equal([['/1.pdf', '/1-2.pdf']]);
      });

      it('leaves out what was deleted', async () => {
        test.server.put('/1.xml', oaiDc('One, corrected'));
        test.server.remove('/1.pdf');
        test.server.spoil = (path, answer) =>
          // The list of all is made at night.
          path === '/resourcelist.xml'
            ? {
                body: answer
                  .toString()
                  .replace(
                    '</urlset>',
                    `<url><loc>${test.server.url}/1.pdf</loc><x:ln xmlns:x="http://www.openarchives.org/rs/terms/" rel="describedby" href="${test.server.url}/1.xml"/></url></urlset>`,
                  ),
              }
            : undefined;
        expect(await filesOf({ since })).to.deep.equal([['/1-2.pdf']]);
      });

      it('are looked up in the list of all only where files name their metadata', async () => {
        for (const path of ['/1.pdf', '/1-2.pdf']) test.server.drop(path);
        test.server.changes.length = 0;
        test.server.listSize = 1;
        putRecords(test.server, 1, 2, 3);
        const source = test.source();
        await read(source, { since });
        expect(test.server.asked.filter((path) => /^\/resourcelist\/\d/.test(path))).to.deep.equal([
          '/resourcelist/1.xml',
        ]);
        test.server.asked.length = 0;
        await read(source, { since });
        expect(test.server.asked.filter((path) => path.startsWith('/resourcelist'))).to.deep.equal([]);
      });
    });
  });

  describe('one by one', () => {
    it('is given as it is now, with its files', async () => {
      test.server.put('/1.pdf', 'a file', {
        type: 'application/pdf',
        links: [{ rel: 'describedby', href: `${test.server.url}/records/1.xml` }],
      });
      putRecords(test.server, 1, 2);
      const item = await test.source().one(`${test.server.url}/records/1.xml`, new AbortController().signal);
      expect(item?.metadata?.text).to.contain('Title 1');
      expect(item?.files).to.have.length(1);
      expect(test.server.fetched).to.deep.equal(['/records/1.xml']);
    });

    it('is nothing where the source does not have it', async () => {
      putRecords(test.server, 1);
      const none = new AbortController().signal;
      expect(await test.source().one(`${test.server.url}/records/9.xml`, none)).to.equal(undefined);
      expect(await test.source().one('oai:x:1', none)).to.equal(undefined);
    });
  });
});
