import { expect } from 'chai';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as fc from 'fast-check';
import {
  capabilityList,
  changeList,
  changeListIndex,
  parseDocument,
  resourceList,
  resourceListIndex,
  ResourceSyncError,
  sourceDescription,
  streamDocument,
  w3cDatetime,
  writeDocument,
  type Entry,
} from '../../../protocols/resourcesync/index.ts';

const base = 'https://node.example';
const up = `${base}/resourcesync/capabilitylist.xml`;

async function text(chunks: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += chunk;
  return all;
}

/** Items in groups, one of them empty, as they come from a store. */
async function* each<T>(items: readonly T[]): AsyncGenerator<T[]> {
  for (let at = 0; at < items.length; at += 150) yield items.slice(at, at + 150);
  yield [];
}

describe('a ResourceSync document', () => {
  it('is a Sitemap with the elements of ResourceSync', () => {
    const xml = writeDocument(
      sourceDescription({
        describedBy: `${base}/`,
        capabilityLists: [{ loc: up, describedBy: `${base}/records` }],
      }),
    );
    expect(XMLValidator.validate(xml)).to.equal(true);
    const parsed: unknown = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml);
    expect(parsed)
      .to.have.property('urlset')
      .that.deep.equals({
        xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
        'xmlns:rs': 'http://www.openarchives.org/rs/terms/',
        'rs:ln': { rel: 'describedby', href: `${base}/` },
        'rs:md': { capability: 'description' },
        url: {
          loc: up,
          'rs:md': { capability: 'capabilitylist' },
          'rs:ln': { rel: 'describedby', href: `${base}/records` },
        },
      });
  });

  it('says what a Capability List has to', () => {
    const document = parseDocument(
      writeDocument(
        capabilityList({
          sourceDescription: `${base}/.well-known/resourcesync`,
          describedBy: `${base}/records`,
          capabilities: [{ capability: 'resourcelist', loc: `${base}/resourcesync/resourcelist.xml` }],
        }),
      ),
    );
    expect(document.links).to.deep.include({ rel: 'up', href: `${base}/.well-known/resourcesync` });
    expect(document.entries).to.deep.equal([
      { loc: `${base}/resourcesync/resourcelist.xml`, metadata: { capability: 'resourcelist' } },
    ]);
  });

  it('is the same streamed as at once, and comes in pieces', async () => {
    const head = resourceList({ capabilityList: up, at: w3cDatetime(0) });
    const entries: Entry[] = Array.from({ length: 2_000 }, (_, i) => ({ loc: `${base}/records/${i}` }));
    const chunks: string[] = [];
    for await (const chunk of streamDocument(head, each(entries))) chunks.push(chunk);
    expect(chunks.length).to.be.greaterThan(2);
    expect(chunks.join('')).to.equal(writeDocument({ ...head, entries }));
  });

  it('may be empty', async () => {
    const head = changeList({ capabilityList: up, from: w3cDatetime(0) });
    expect(parseDocument(await text(streamDocument(head, each([]))))).to.deep.equal({ ...head, entries: [] });
  });

  it('is an index of several where one would be too long', () => {
    const lists = ['0-1200', '1200-'].map((name) => ({
      loc: `${base}/resourcesync/resourcelist/${name}.xml`,
      at: w3cDatetime(0),
    }));
    const document = parseDocument(
      writeDocument(resourceListIndex({ capabilityList: up, at: w3cDatetime(0), lists })),
    );
    expect(document.root).to.equal('sitemapindex');
    expect(document.entries).to.deep.equal(lists.map(({ loc, at }) => ({ loc, metadata: { at } })));

    const changes = changeListIndex({
      capabilityList: up,
      from: w3cDatetime(0),
      lists: [
        { loc: 'urn:1', from: w3cDatetime(0), until: w3cDatetime(1) },
        { loc: 'urn:2', from: w3cDatetime(1) },
      ],
    });
    expect(parseDocument(writeDocument(changes))).to.deep.equal(changes);
  });

  it('points to its index where it is part of one', () => {
    const head = resourceList({ capabilityList: up, index: 'urn:index', at: w3cDatetime(0) });
    expect(head.links).to.deep.equal([
      { rel: 'up', href: up },
      { rel: 'index', href: 'urn:index' },
    ]);
  });

  it('keeps every text as it is, markup and all', () => {
    const plain = fc.string({ unit: 'grapheme', minLength: 1 }).filter((s) => s.trim() === s && s !== '');
    const entries = fc.array(
      fc.record({
        loc: plain,
        metadata: fc.record({ type: plain, length: fc.nat(), change: fc.constantFrom('created', 'deleted') }),
        links: fc.array(fc.record({ rel: plain, href: plain, pri: fc.nat(1_000) }), { minLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(entries, (entries) => {
        const document = { ...changeList({ capabilityList: up, from: w3cDatetime(0) }), entries };
        expect(parseDocument(writeDocument(document))).to.deep.equal(document);
      }),
      { seed: 11 },
    );
  });
});

describe('reading a ResourceSync document', () => {
  const urlset = (inner: string): string =>
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">${inner}</urlset>`;
  const changes = '<rs:md capability="changelist" from="2013-01-03T00:00:00Z"/>';

  const refused: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'RESOURCESYNC_BAD_XML'],
    ['half a document', urlset(changes).slice(0, -9), 'RESOURCESYNC_BAD_XML'],
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY b "c">]>${urlset(changes)}`, 'RESOURCESYNC_BAD_XML'],
    ['a web page', '<html><body/></html>', 'RESOURCESYNC_NOT_A_SITEMAP'],
    ['an urlset of another namespace', '<urlset/>', 'RESOURCESYNC_NOT_A_SITEMAP'],
    ['a plain Sitemap', urlset('<url><loc>urn:x</loc></url>'), 'RESOURCESYNC_NO_CAPABILITY'],
    ['an unknown capability', urlset('<rs:md capability="hologram"/>'), 'RESOURCESYNC_NO_CAPABILITY'],
    ['metadata of another namespace', urlset('<md capability="changelist"/>'), 'RESOURCESYNC_NO_CAPABILITY'],
    ['an entry without loc', urlset(`${changes}<url/>`), 'RESOURCESYNC_BAD_ENTRY'],
    [
      'an unknown change',
      urlset(`${changes}<url><loc>urn:x</loc><rs:md change="moved"/></url>`),
      'RESOURCESYNC_BAD_ENTRY',
    ],
    [
      'a length of letters',
      urlset(`${changes}<url><loc>urn:x</loc><rs:md length="1e9"/></url>`),
      'RESOURCESYNC_BAD_ENTRY',
    ],
    ['a link to nowhere', urlset(`${changes}<rs:ln rel="up"/>`), 'RESOURCESYNC_BAD_ENTRY'],
    [
      'more entries than are allowed',
      urlset(changes + '<url><loc>u:</loc></url>'.repeat(50_001)),
      'RESOURCESYNC_TOO_MANY_ENTRIES',
    ],
  ];
  for (const [name, xml, code] of refused) {
    it(`refuses ${name}`, () => {
      let error: unknown;
      try {
        parseDocument(xml);
      } catch (caught) {
        error = caught;
      }
      expect(error).to.be.instanceOf(ResourceSyncError).with.property('code', code);
    });
  }

  it('leaves aside what others have added', () => {
    const xml = urlset(
      `${changes}<x:y xmlns:x="urn:x"/><url x:a="1" xmlns:x="urn:x"><loc> urn:x </loc><x:loc>urn:z</x:loc></url>`,
    );
    expect(parseDocument(xml).entries).to.deep.equal([{ loc: 'urn:x' }]);
  });
});
