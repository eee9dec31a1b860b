import { expect } from 'chai';
import fc from 'fast-check';
import {
  bestOpenCopy,
  describeWork,
  stages,
  workKinds,
  type Member,
} from '../../../node/analysis/works/index.ts';
import type { Access, Identifier, Record as NgrRecord, RecordFile } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const SELF = '12D3KooWSelf';
const OTHER = '12D3KooWOther';
const NOW = Date.parse('2026-06-01T12:00:00Z');
const reading = { self: SELF, now: NOW };
const version = (name: string): string => `http://purl.org/coar/version/${name}`;
const [PUBLISHED, ACCEPTED, SUBMITTED] = [
  version('c_970fb48d4fbd8a85'),
  version('c_ab4af688f83e57aa'),
  version('c_71e4c1898caa6e32'),
];
const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';

function member(key: string, parts: Partial<NgrRecord> = {}): Member {
  return { key, record: { ...aRecord(), id: `https://node.example/records/${key}`, node: OTHER, ...parts } };
}

const aFile = (parts: Partial<RecordFile> = {}): RecordFile => ({
  url: 'https://repository.example/1.pdf',
  access: 'open',
  ...parts,
});
const open = (parts: Partial<NgrRecord> = {}): Partial<NgrRecord> => ({
  access: { right: 'open' },
  files: [aFile()],
  ...parts,
});
const doi = (value: string): Identifier => ({ scheme: 'doi', value });

describe('what a work is', () => {
  const kindOf = (...records: Partial<NgrRecord>[]): string =>
    describeWork(
      records.map((record, i) => member(`k${i}`, record)),
      reading,
    ).kind;

  it('is a single record, copies of one version, or versions', () => {
    expect(kindOf({})).to.equal('single');
    expect(kindOf({}, {})).to.equal('copies');
    expect(kindOf({ version: ACCEPTED }, {}, { version: ACCEPTED })).to.equal('copies');
    expect(kindOf({ version: ACCEPTED }, { version: PUBLISHED })).to.equal('versions');
    expect(kindOf({ type: 'http://purl.org/coar/resource_type/c_816b' }, { version: PUBLISHED })).to.equal(
      'versions',
    );
  });

  it('is editions where it was published more than once', () => {
    const isbn = (value: string): Partial<NgrRecord> => ({ identifiers: [{ scheme: 'isbn', value }] });
    expect(kindOf(isbn('9780000000002'), isbn('9780000000019'))).to.equal('editions');
    expect(kindOf(isbn('9780000000002'), isbn('9780000000002'), {})).to.equal('copies');
    expect(kindOf({ publishedDoi: '10.1/a' }, { publishedDoi: '10.1/b' })).to.equal('editions');
    const both = { identifiers: [...(isbn('1').identifiers ?? []), ...(isbn('2').identifiers ?? [])] };
    expect(kindOf(isbn('1'), isbn('2'), both)).to.equal('copies');
  });

  it('does not take a deposit’s own DOI for a second publication', () => {
    expect(kindOf({ identifiers: [doi('10.5281/zenodo.1')] }, { publishedDoi: '10.1/a' })).to.equal('copies');
  });

  it('groups the records by version, the furthest first', () => {
    const members = [
      member('a', { version: SUBMITTED }),
      member('c', { version: PUBLISHED }),
      member('b', { version: PUBLISHED }),
      member('d'),
    ];
    expect(describeWork(members, reading).versions).to.deep.equal([
      { stage: 'published', records: ['b', 'c'] },
      { stage: 'unknown', records: ['d'] },
      { stage: 'submitted', records: ['a'] },
    ]);
  });
});

describe('the best open copy', () => {
  /** The key of the best of records that are named a, b, … in their order. */
  const best = (...records: Partial<NgrRecord>[]): string | undefined =>
    bestOpenCopy(
      records.map((record, i) => member('abcdef'[i] ?? '', record)),
      reading,
    )?.key;

  it('is the version of record, before the accepted, before the submitted', () => {
    expect(best(open({ version: SUBMITTED }), open({ version: PUBLISHED }))).to.equal('b');
    expect(best(open({ version: SUBMITTED }), open(), open({ version: ACCEPTED }))).to.equal('c');
  });

  it('is open today: an embargo that has passed is none', () => {
    const embargoed = (embargoEnds?: string): Partial<NgrRecord> => ({
      access: { right: 'embargoed', ...(embargoEnds !== undefined && { embargoEnds }) },
      files: [aFile({ access: 'embargoed' })],
      version: PUBLISHED,
    });
    expect(best(embargoed('2026-06-02'))).to.equal(undefined);
    expect(best(embargoed())).to.equal(undefined);
    expect(best(embargoed('2026-06-01'), open())).to.equal('a');
    expect(best({ access: { right: 'restricted' }, files: [aFile()] })).to.equal(undefined);
    expect(best({ access: { right: 'open' }, files: [aFile({ access: 'restricted' })] })).to.equal(undefined);
  });

  it('has a file that is there, and that nobody withdrew', () => {
    const published = open({ version: PUBLISHED });
    expect(best({ ...published, files: [aFile({ text: 'unavailable' })] }, open())).to.equal('b');
    const withdrawn = aFile({ withdrawn: { reason: 'Wrong version', at: 0 } });
    expect(best({ ...published, files: [withdrawn] })).to.equal(undefined);
    expect(best({ ...published, files: [] }, open({ version: SUBMITTED }))).to.equal('b');
    expect(best({ ...published, files: [] })).to.equal('a');
    expect(best({ files: [] })).to.equal(undefined);
  });

  it('may be reused, was fetched, and is the node’s own, in this order', () => {
    const licensed = open({ licence: CC_BY });
    const fetched = open({ files: [aFile({ text: 'extracted' })] });
    const own = open({ node: SELF });
    expect(best(own, fetched, licensed)).to.equal('c');
    expect(best(own, fetched)).to.equal('b');
    expect(best(open(), own)).to.equal('b');
    expect(best(open(), open())).to.equal('a');
    const nonCommercial = open({ licence: 'https://creativecommons.org/licenses/by-nc/4.0/' });
    expect(best(open(), nonCommercial, licensed)).to.equal('c');
    expect(best(open({ licence: 'https://rightsstatements.org/vocab/InC/1.0/' }), nonCommercial)).to.equal(
      'b',
    );
  });

  it('says which file, and what is known of it', () => {
    const record = open({ version: ACCEPTED, licence: CC_BY, files: [aFile({ text: 'without-text' })] });
    expect(bestOpenCopy([member('a', record)], reading)).to.deep.equal({
      key: 'a',
      stage: 'accepted',
      url: 'https://repository.example/1.pdf',
      licence: CC_BY,
      isReachable: true,
    });
  });
});

describe('the identifier of a work', () => {
  const identifierOf = (...records: Partial<NgrRecord>[]): string | undefined => {
    const members = records.map((record, i) => member(`k${i}`, record));
    const { identifier } = describeWork(members, reading);
    return identifier === undefined ? undefined : `${identifier.scheme}:${identifier.value}`;
  };
  const identified = (...identifiers: Identifier[]): Partial<NgrRecord> => ({ identifiers });

  it('is the published DOI, else that of the version of record, else another', () => {
    const deposit = identified(doi('10.5281/zenodo.1'));
    const ofRecord = { ...identified(doi('10.9/vor')), version: PUBLISHED };
    expect(identifierOf(deposit, ofRecord, { publishedDoi: '10.9/x' })).to.equal('doi:10.9/x');
    expect(identifierOf(deposit, ofRecord)).to.equal('doi:10.9/vor');
    expect(identifierOf(deposit)).to.equal('doi:10.5281/zenodo.1');
  });

  it('is the one that most records have', () => {
    expect(
      identifierOf(identified(doi('10.1/a')), identified(doi('10.1/b')), identified(doi('10.1/b'))),
    ).to.equal('doi:10.1/b');
  });

  it('is an arXiv number, a handle or whatever there is where there is no DOI; never what names the journal', () => {
    const handle: Identifier = { scheme: 'handle', value: '2065/1' };
    expect(identifierOf(identified(handle, { scheme: 'arxiv', value: '2101.00001' }))).to.equal(
      'arxiv:2101.00001',
    );
    expect(identifierOf(identified({ scheme: 'issn', value: '1234-5679' }, handle))).to.equal(
      'handle:2065/1',
    );
    expect(identifierOf(identified({ scheme: 'issn', value: '1234-5679' }))).to.equal(undefined);
  });

  it('is an ISBN of a book only', () => {
    const isbn = identified({ scheme: 'isbn', value: '9780000000002' });
    expect(identifierOf({ ...isbn, type: 'http://purl.org/coar/resource_type/c_3248' })).to.equal(undefined);
    expect(identifierOf({ ...isbn, type: 'http://purl.org/coar/resource_type/c_2f33' })).to.equal(
      'isbn:9780000000002',
    );
  });
});

describe('any work', () => {
  const access = fc.constantFrom<Access | undefined>(
    undefined,
    { right: 'open' },
    { right: 'embargoed', embargoEnds: '2026-01-01' },
    { right: 'embargoed', embargoEnds: '2027-01-01' },
    { right: 'restricted' },
    { right: 'metadata-only' },
  );
  const file = fc.record(
    {
      url: fc.constantFrom('https://a.example/1', 'https://b.example/2'),
      access: fc.constantFrom('open' as const, 'embargoed' as const, 'restricted' as const),
      text: fc.constantFrom('extracted' as const, 'without-text' as const, 'unavailable' as const),
    },
    { requiredKeys: ['url', 'access'] },
  );
  const identifier = fc.record({
    scheme: fc.constantFrom('doi' as const, 'arxiv' as const, 'isbn' as const, 'issn' as const),
    value: fc.constantFrom('1', '2', '3'),
  });
  const aMember = fc
    .record({
      version: fc.constantFrom(undefined, PUBLISHED, ACCEPTED, SUBMITTED),
      licence: fc.constantFrom(undefined, CC_BY),
      node: fc.constantFrom(SELF, OTHER),
      publishedDoi: fc.constantFrom(undefined, '10.1/a', '10.1/b'),
      access,
      files: fc.array(file, { maxLength: 2 }),
      identifiers: fc.array(identifier, { maxLength: 2 }),
    })
    .map(
      (parts) =>
        Object.fromEntries(
          Object.entries(parts).filter(([, value]) => value !== undefined),
        ) as Partial<NgrRecord>,
    );
  const work = fc
    .array(aMember, { minLength: 1, maxLength: 6 })
    .map((records) => records.map((record, i) => member(`k${i}`, record)));
  const shuffledWork = work.chain((members) =>
    fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
  );
  const options = { numRuns: 100, seed: 6 };

  it('is described the same in whatever order its records come', () => {
    fc.assert(
      fc.property(shuffledWork, ([members, shuffled]) => {
        expect(describeWork(shuffled, reading)).to.deep.equal(describeWork(members, reading));
      }),
      options,
    );
  });

  it('has each record in exactly one version', () => {
    fc.assert(
      fc.property(work, (members) => {
        const { versions, kind } = describeWork(members, reading);
        expect(versions.flatMap(({ records }) => records).sort()).to.deep.equal(
          members.map(({ key }) => key),
        );
        const order = versions.map(({ stage }) => stages.indexOf(stage));
        expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
        expect(workKinds).to.include(kind);
        expect(kind === 'single').to.equal(members.length === 1);
      }),
      options,
    );
  });

  it('names a best copy that is one of its open files, and the best of those of any part of it', () => {
    fc.assert(
      fc.property(work, (members) => {
        const found = bestOpenCopy(members, reading);
        const each = members.flatMap((one) => bestOpenCopy([one], reading) ?? []);
        if (found === undefined) {
          expect(each).to.deep.equal([]);
          return;
        }
        const { record } = members.find(({ key }) => key === found.key) ?? members[0]!;
        expect(record.access?.right).to.not.be.oneOf(['restricted', 'metadata-only']);
        if (found.url !== undefined) expect(record.files.map(({ url }) => url)).to.include(found.url);
        const withFile = each.filter(({ url }) => (url !== undefined) === (found.url !== undefined));
        const furthest = Math.min(...withFile.map(({ stage }) => stages.indexOf(stage)));
        expect(stages.indexOf(found.stage)).to.equal(furthest);
        expect(each).to.deep.include(found);
      }),
      options,
    );
  });

  it('is named by an identifier that one of its records has', () => {
    fc.assert(
      fc.property(work, (members) => {
        const { identifier } = describeWork(members, reading);
        const all = members.flatMap(({ record: { identifiers, publishedDoi } }) => [
          ...identifiers,
          ...(publishedDoi === undefined ? [] : [doi(publishedDoi)]),
        ]);
        if (identifier !== undefined) expect(all).to.deep.include(identifier);
        else expect(all.every(({ scheme }) => scheme === 'issn' || scheme === 'isbn')).to.equal(true);
      }),
      options,
    );
  });
});
