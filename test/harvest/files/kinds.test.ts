import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { described, readFileNamed, titlesOf, told } from './a-folder.ts';

const dc = (title: string): string =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:identifier>https://r.example/7</dc:identifier></oai_dc:dc>`;
const record = (id: string, title: string): string =>
  `<record><header><identifier>${id}</identifier><datestamp>2026-01-02</datestamp><setSpec>a:b</setSpec></header><metadata>${dc(title)}</metadata></record>`;
const oai = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-03T00:00:00Z</responseDate>${inner}</OAI-PMH>\n`;

/** The same two theses in every kind of file, with the name a librarian's program would give it. */
const samples: readonly {
  kind: string;
  name: string;
  content: string | Uint8Array;
  titles: Record<string, string | null>;
}[] = [
  {
    kind: 'an answer to ListRecords',
    name: 'page.xml',
    content: oai(
      `<ListRecords>${record('oai:r:1', 'First')}\n${record('oai:r:2', 'Second')}<resumptionToken>x</resumptionToken></ListRecords>`,
    ),
    titles: { 'oai:r:1': 'First', 'oai:r:2': 'Second' },
  },
  {
    kind: 'several answers one behind the other',
    name: 'dump.xml',
    content:
      oai(`<ListRecords>${record('oai:r:1', 'First')}</ListRecords>`) +
      oai(`<GetRecord>${record('oai:r:2', 'Second')}</GetRecord>`),
    titles: { 'oai:r:1': 'First', 'oai:r:2': 'Second' },
  },
  {
    kind: 'a bare record',
    name: 'record.xml',
    content: record('oai:r:1', 'First'),
    titles: { 'oai:r:1': 'First' },
  },
  {
    kind: 'a deleted record',
    name: 'deleted.xml',
    content: oai(
      '<ListRecords><record><header status="deleted"><identifier>oai:r:9</identifier><datestamp>2026-01-02</datestamp></header></record></ListRecords>',
    ),
    titles: { 'oai:r:9': null },
  },
  {
    kind: 'a bare description',
    name: 'dublin-core.xml',
    content: dc('First'),
    titles: { 'file:theses:https://r.example/7': 'First' },
  },
  {
    kind: 'a bare description without an identifier, known by the name of its file',
    name: 'thesis 7.xml',
    content: dc('First').replace(/<dc:identifier>.*<\/dc:identifier>/, ''),
    titles: { 'file:theses:thesis%207.xml': 'First' },
  },
  {
    kind: 'a wrapper around descriptions',
    name: 'wrapped.xml',
    content: `<all>${dc('First')}${dc('Second').replace('example/7', 'example/8')}</all>`,
    titles: { 'file:theses:https://r.example/7': 'First', 'file:theses:https://r.example/8': 'Second' },
  },
  {
    kind: 'JSON Lines',
    name: 'theses.jsonl',
    content: '{"id":"1","title":"First"}\n\n{"id":2,"title":"Second"}',
    titles: { 'file:theses:1': 'First', 'file:theses:2': 'Second' },
  },
  {
    kind: 'JSON Lines under another name',
    name: 'theses.txt',
    content: '{"id":"1","title":"First"}\r\n{"id":2,"title":"Second"}\r\n',
    titles: { 'file:theses:1': 'First', 'file:theses:2': 'Second' },
  },
  {
    kind: 'one object of JSON',
    name: 'thesis.json',
    content: '{\n  "id": "1",\n  "title": "First"\n}\n',
    titles: { 'file:theses:1': 'First' },
  },
  {
    kind: 'a list of objects',
    name: 'theses.json',
    content: '[\n {"id":"1","title":"First"},\n {"id":"2","title":"Second"}\n]',
    titles: { 'file:theses:1': 'First', 'file:theses:2': 'Second' },
  },
  {
    kind: 'an answer of a Crossref kind',
    name: 'works.json',
    content:
      '{"status":"ok","message":{"total":2,"items":[{"DOI":"10.1000/182","title":["First"]},{"DOI":"10.1000/183","title":["Second"]}]}}',
    titles: { 'file:theses:doi:10.1000/182': 'First', 'file:theses:doi:10.1000/183': 'Second' },
  },
  {
    kind: 'CSL-JSON',
    name: 'zotero.json',
    content:
      '[{"id":"doe2020","type":"thesis","title":"First","author":[{"family":"Doe","given":"Jane"}],"issued":{"date-parts":[[2020]]}}]',
    titles: { 'file:theses:doe2020': 'First' },
  },
  {
    kind: 'CSV',
    name: 'theses.csv',
    content: 'id,title,authors\n1,First,"Doe, Jane; Roe, Richard"\n2,"Second\nline","Doe, J."\n',
    titles: { 'file:theses:1': 'First', 'file:theses:2': 'Second line' },
  },
  {
    kind: 'CSV with semicolons, as Excel writes it in Europe',
    name: 'tesis.csv',
    content: '\uFEFFsep=;\r\nTítulo;Autor;Año;DOI\r\n"Uno; dos";Pérez, Ana;2020;10.1000/182\r\n',
    titles: { 'file:theses:doi:10.1000/182': 'Uno; dos' },
  },
  {
    kind: 'TSV with lines above its heading',
    name: 'report.tsv',
    content: 'Report of 2026-01-02\n\nID\tTitle\tYear\n1\tFirst\t2020\n',
    titles: { 'file:theses:1': 'First' },
  },
  {
    kind: "DSpace's metadata export",
    name: 'dspace.csv',
    content:
      'id,collection,dc.contributor.author[],dc.title[en],dc.date.issued[]\n0a1b,123456789/2,"Doe, Jane||Roe, Richard",First,2020\n',
    titles: { 'file:theses:0a1b': 'First' },
  },
  {
    kind: "EPrints' multiline CSV",
    name: 'eprints.csv',
    content:
      '"eprintid","creators_name.family","creators_name.given","title"\r\n"12","Doe","Jane","First"\r\n"12","Roe","Richard",\r\n"13","Doe","Jane","Second"\r\n',
    titles: { 'file:theses:12': 'First', 'file:theses:13': 'Second' },
  },
  {
    kind: 'BibTeX',
    name: 'theses.bib',
    content:
      '@phdthesis{doe2020, title = {First}, author = {Doe, Jane}, year = 2020}\n@misc(roe, title = "Second")\n',
    titles: { 'file:theses:doe2020': 'First', 'file:theses:roe': 'Second' },
  },
  {
    kind: 'RIS',
    name: 'theses.ris',
    content:
      'TY  - THES\r\nID  - 1\r\nTI  - First\r\nER  - \r\n\r\nTY  - THES\r\nID  - 2\r\nT1  - Second\r\nER  - \r\n',
    titles: { 'file:theses:1': 'First', 'file:theses:2': 'Second' },
  },
];

describe('a file', () => {
  for (const { kind, name, content, titles } of samples) {
    it(`of this kind is read: ${kind}`, async () => {
      const { items, problems, lost } = await readFileNamed(name, content);
      expect(told(problems)).to.deep.equal([]);
      expect(titlesOf(items)).to.deep.equal(titles);
      expect(lost).to.equal(0);
    });

    it(`of this kind is read when it is packed: ${kind}`, async () => {
      const { items, problems } = await readFileNamed(`${name}.gz`, gzipSync(content));
      expect(told(problems)).to.deep.equal([]);
      expect(titlesOf(items)).to.deep.equal(titles);
    });
  }

  it('keeps each entry as it was received', async () => {
    const csv = await readFileNamed('a.csv', 'id,title\n1,First\n');
    expect(csv.items[0]?.metadata).to.deep.include({ format: 'table', text: '{"id":"1","title":"First"}' });
    const bib = await readFileNamed('a.bib', 'A remark.\n@misc{x,\n  title = {First}\n}\n');
    expect(bib.items[0]?.metadata).to.deep.include({
      format: 'bibtex',
      text: '@misc{x,\n  title = {First}\n}',
    });
    const xml = await readFileNamed('a.xml', oai(`<ListRecords>${record('oai:r:1', 'First')}</ListRecords>`));
    expect(xml.items[0]?.metadata).to.deep.include({ format: 'oai_dc', text: dc('First') });
  });

  it('tells sets and the date of change, where it has them', async () => {
    const { items } = await readFileNamed(
      'a.csv',
      'id,title,lastmod,set,collection\n1,First,2020-05-06 07:08:09,x,10/3||10/4\n',
    );
    expect(items[0]).to.deep.include({
      datestamp: '2020-05-06T07:08:09Z',
      sets: ['x', 'col_10_3', 'col_10_4'],
    });
    const xml = await readFileNamed('a.xml', record('oai:r:1', 'First'));
    expect(xml.items[0]).to.deep.include({ datestamp: '2026-01-02', sets: ['a:b'] });
  });

  it('of EPrints gives each author, by name parts', async () => {
    const { items } = await readFileNamed(
      'a.csv',
      String(samples.find(({ name }) => name === 'eprints.csv')?.content),
    );
    expect(described(items[0]!).description.creators.map(({ name }) => name)).to.deep.equal([
      'Doe, Jane',
      'Roe, Richard',
    ]);
  });

  it("of our own node's records reads as the records were", async () => {
    const line = {
      '@context': 'https://node.example/context.jsonld',
      id: 'https://node.example/records/abcdefghijklmnopqrst',
      type: 'CreativeWork',
      node: '12D3KooWOther',
      oaiIdentifier: 'oai:r:1',
      sets: ['s'],
      datestamp: { value: '2026-03-04T05:06:07Z', type: 'xsd:dateTime' },
      titles: [{ value: 'First', language: 'en' }],
      creators: [],
    };
    const gone = {
      ...line,
      type: 'Tombstone',
      oaiIdentifier: 'oai:r:2',
      tombstone: { kind: 'deleted', reason: 'x', at: 'y' },
    };
    const { items } = await readFileNamed('a.jsonl', `${JSON.stringify(line)}\n${JSON.stringify(gone)}\n`);
    expect(items[0]).to.deep.include({
      oaiIdentifier: 'oai:r:1',
      datestamp: '2026-03-04T05:06:07Z',
      sets: ['s'],
    });
    expect(items[0]?.metadata?.format).to.equal('ngr_jsonld');
    expect(items[1]).to.deep.equal({
      oaiIdentifier: 'oai:r:2',
      datestamp: '2026-03-04T05:06:07Z',
      sets: ['s'],
      place: { file: 'a.jsonl', line: 2 },
    });
  });

  it('of DataCite JSON is told from others, with and without the wrapper of the API', async () => {
    const attributes = {
      doi: '10.5555/abc',
      titles: [{ title: 'First' }],
      creators: [{ name: 'Doe, Jane' }],
      publicationYear: 2020,
      updated: '2021-04-01T10:11:12.000Z',
    };
    for (const content of [
      JSON.stringify({ data: [{ id: '10.5555/abc', type: 'dois', attributes }], meta: { total: 1 } }),
      JSON.stringify({ data: { id: '10.5555/abc', type: 'dois', attributes } }),
      JSON.stringify(attributes),
    ]) {
      const { items } = await readFileNamed('a.json', content);
      expect(items).to.have.length(1);
      expect(items[0]).to.deep.include({
        oaiIdentifier: 'file:theses:doi:10.5555/abc',
        datestamp: '2021-04-01T10:11:12Z',
      });
      expect(items[0]?.metadata?.format).to.equal('datacite_json');
    }
  });
});

describe('the encoding of a file', () => {
  const csv = 'id,title\n1,Pérez – “Ñandú”\n';
  const latin = Buffer.from('id,title\n1,P\xe9rez \x96 \x93\xd1and\xfa\x94\n', 'latin1');
  const wide = Buffer.from(`\uFEFF${csv}`, 'utf16le');
  const swapped = Buffer.from(wide).swap16();
  const title = 'Pérez – “Ñandú”';

  for (const [name, content, codes] of [
    ['UTF-8', Buffer.from(csv), []],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${csv}`), []],
    ['windows-1252', latin, ['warning FILE_ENCODING a.csv:']],
    ['UTF-16, little end first', wide, []],
    ['UTF-16, big end first', swapped, []],
    ['UTF-16 without a mark', wide.subarray(2), []],
  ] as const) {
    it(`may be ${name}`, async () => {
      const { items, problems } = await readFileNamed('a.csv', content);
      expect(titlesOf(items)).to.deep.equal({ 'file:theses:1': title });
      expect(told(problems)).to.deep.equal(codes);
    });
  }

  it('is the one that an XML declaration names', async () => {
    const text = dc('Ñandú').replace(/^/, '<?xml version="1.0" encoding="ISO-8859-1"?>\n');
    const { items, problems } = await readFileNamed('a.xml', Buffer.from(text, 'latin1'));
    expect(Object.values(titlesOf(items))).to.deep.equal(['Ñandú']);
    expect(told(problems)).to.deep.equal([]);
  });

  it('does not split a character between two reads', async () => {
    const title = '€'.repeat(300_000);
    const { items, problems } = await readFileNamed(
      'a.jsonl',
      `{"id":"1","title":"x","abstract":"a${title}"}`,
    );
    expect(told(problems)).to.deep.equal([]);
    expect(items[0]?.metadata?.text).to.include(`"a${title}"`);
  });
});
