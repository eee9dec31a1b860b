import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parseDocument, writeDocument } from '../../../protocols/resourcesync/index.ts';

const directory = resolve('../shared/standards/resourcesync-1.1-examples');
const isAtHand = existsSync(directory);
const example = (n: number): string => readFileSync(join(directory, `resourcesync_ex_${n}.xml`), 'utf8');

describe('the examples of the ResourceSync standard', () => {
  if (!isAtHand) {
    it.skip(`are not at hand in ${directory}`);
    return;
  }

  for (const file of readdirSync(directory).filter((name) => name.endsWith('.xml'))) {
    it(`${file} is read, and means the same when written again`, () => {
      const document = parseDocument(readFileSync(join(directory, file), 'utf8'));
      expect(document.entries).to.not.have.length(0);
      expect(parseDocument(writeDocument(document))).to.deep.equal(document);
    });
  }

  it('2: a Resource List with hashes and a mirror', () => {
    expect(parseDocument(example(2))).to.deep.equal({
      root: 'urlset',
      metadata: { capability: 'resourcelist', at: '2013-01-03T09:00:00Z' },
      links: [],
      entries: [
        {
          loc: 'http://example.com/res1',
          lastmod: '2013-01-02T13:00:00Z',
          metadata: { hash: { md5: '1584abdf8ebdc9802ac0c6a7402c03b6' } },
        },
        {
          loc: 'http://example.com/res2',
          lastmod: '2013-01-02T14:00:00Z',
          metadata: { hash: { md5: '1e0d5cb8ef6ba40c99b14c0237be735e' } },
          links: [{ rel: 'duplicate', href: 'http://mirror.example.com/res2' }],
        },
      ],
    });
  });

  it('12: a Source Description with three sets of resources', () => {
    const { metadata, links, entries } = parseDocument(example(12));
    expect(metadata).to.deep.equal({ capability: 'description' });
    expect(links).to.deep.equal([{ rel: 'describedby', href: 'http://example.com/info_about_source.xml' }]);
    expect(entries.map(({ loc }) => loc)).to.deep.equal([
      'http://example.com/capabilitylist1.xml',
      'http://example.com/capabilitylist2.xml',
      'http://example.com/capabilitylist3.xml',
    ]);
  });

  it('14: two hashes, a length and a type', () => {
    expect(parseDocument(example(14)).entries[1]?.metadata).to.deep.equal({
      hash: {
        md5: '1e0d5cb8ef6ba40c99b14c0237be735e',
        'sha-256': '854f61290e2e197a11bc91063afce22e43f8ccc655237050ace766adc68dc784',
      },
      length: 14_599,
      type: 'application/pdf',
    });
  });

  it('15: a Resource List Index', () => {
    const { root, entries } = parseDocument(example(15));
    expect(root).to.equal('sitemapindex');
    expect(entries[2]).to.deep.equal({
      loc: 'http://example.com/resourcelist3.xml',
      metadata: { at: '2013-01-03T09:07:00Z' },
    });
  });

  it('19: an open Change List in which a resource stands twice', () => {
    const { metadata, entries } = parseDocument(example(19));
    expect(metadata).to.deep.equal({ capability: 'changelist', from: '2013-01-03T00:00:00Z' });
    expect(entries.map(({ metadata }) => metadata?.change)).to.deep.equal([
      'created',
      'updated',
      'deleted',
      'updated',
    ]);
  });

  it('20: a Change List Index, its last list open', () => {
    expect(parseDocument(example(20)).entries.map(({ metadata }) => metadata)).to.deep.equal([
      { from: '2013-01-01T00:00:00Z', until: '2013-01-02T00:00:00Z' },
      { from: '2013-01-02T00:00:00Z', until: '2013-01-03T00:00:00Z' },
      { from: '2013-01-03T00:00:00Z' },
    ]);
  });

  it('24: mirrors by priority', () => {
    expect(parseDocument(example(24)).entries[0]?.links?.map(({ pri }) => pri)).to.deep.equal([1, 2, 3]);
  });
});
