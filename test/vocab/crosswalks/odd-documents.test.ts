import { expect } from 'chai';
import { crosswalkFor } from '../../../vocab/crosswalks/index.ts';
import type { Description } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';

interface Case {
  what: string;
  /** Children of the root, as they stand in the document. */
  xml: string;
  expected: Partial<Description>;
  /** Properties that must not be there. */
  without?: readonly (keyof Description)[];
}

const doi = (value: string): { scheme: 'doi'; value: string } => ({ scheme: 'doi', value });
const licence = (terms: string): string => `https://creativecommons.org/licenses/${terms}/4.0/`;
const pdf = 'https://eprints.example/1/1.pdf';

const rioxx2: readonly Case[] = [
  {
    what: 'several licences: the one that begins last stands',
    xml: `<publication_date>2014-01-01</publication_date>
      <license_ref start_date="2014-01-01">http://creativecommons.org/licenses/by-nc/4.0</license_ref>
      <license_ref start_date="2013-12-01">http://creativecommons.org/licenses/by-nd/4.0</license_ref>`,
    expected: { licence: licence('by-nc') },
    without: ['access'],
  },
  {
    what: 'an embargo by the day on which the licence begins',
    xml: `<license_ref start_date="2027-03-01">http://creativecommons.org/licenses/by/4.0</license_ref>
      <publication_date>2026-03-01</publication_date><identifier>${pdf}</identifier>`,
    expected: {
      licence: licence('by'),
      access: { right: 'embargoed', embargoEnds: '2027-03-01' },
      files: [{ url: pdf, format: 'application/pdf', access: 'embargoed' }],
    },
  },
  {
    what: 'an embargo where only the year of publication is known',
    xml: `<publication_date>2026</publication_date><free_to_read start_date="2026-09-01"/>`,
    expected: { access: { right: 'embargoed', embargoEnds: '2026-09-01' } },
  },
  {
    what: 'a licence that begins on the day of publication, or in the year: no embargo',
    xml: `<publication_date>2015</publication_date>
      <license_ref start_date="2015-01-01">http://creativecommons.org/licenses/by/4.0</license_ref>`,
    expected: { licence: licence('by') },
    without: ['access'],
  },
  {
    what: 'a later licence for what is free to read already: no embargo',
    xml: `<publication_date>2015-01-01</publication_date><free_to_read/>
      <license_ref start_date="2015-06-01">http://creativecommons.org/licenses/by/4.0</license_ref>`,
    expected: { access: { right: 'open' }, licence: licence('by') },
  },
  {
    what: 'an embargo without an end, and no licence yet',
    xml: `<publication_date>2015-01-01</publication_date>
      <license_ref start_date="2015-02-01">https://www.rioxx.net/licenses/under-embargo-all-rights-reserved/</license_ref>`,
    expected: { access: { right: 'embargoed' } },
    without: ['licence'],
  },
  {
    what: 'all rights reserved: that is no licence',
    xml: '<license_ref>http://www.rioxx.net/licenses/all-rights-reserved</license_ref>',
    expected: {},
    without: ['licence', 'access'],
  },
  {
    what: 'what was free to read until a day',
    xml: '<free_to_read end_date="2015-02-01"/>',
    expected: {},
    without: ['access'],
  },
  {
    what: 'a relative address for an identifier',
    xml: '<identifier>/14639/1/report.pdf</identifier><title>A</title>',
    expected: { identifiers: [], files: [] },
  },
  {
    what: 'attributes and elements in the wrong case or with other joints',
    xml: `<Author ID="https://orcid.org/0000-0002-1825-0097">Wood, Marsha</Author>
      <project Funder_Name="Some Trust" funderId="https://ror.org/05mmh0f86">1</project>
      <date_accepted>2020-07-14</date_accepted><versionOfRecord>doi:10.1629/15261</versionOfRecord>`,
    expected: {
      creators: [
        {
          name: 'Wood, Marsha',
          family: 'Wood',
          given: 'Marsha',
          kind: 'person',
          orcid: '0000-0002-1825-0097',
        },
      ],
      funding: [{ funder: 'Some Trust', funderId: 'https://ror.org/05mmh0f86', award: '1' }],
      published: '2020-07-14',
      publishedDoi: '10.1629/15261',
    },
  },
  {
    what: 'a type told also by its concept, and an ORCID with a wrong check digit',
    xml: `<type uri="https://purl.org/coar/resource_type/c_beb9">Journal Article/Review</type>
      <author uri="https://orcid.org/0000-0002-1825-0098">Wood, Marsha</author>`,
    expected: {
      type: 'http://purl.org/coar/resource_type/c_beb9',
      creators: [{ name: 'Wood, Marsha', family: 'Wood', given: 'Marsha', kind: 'person' }],
    },
  },
  {
    what: 'empty elements',
    xml: '<title/><author> </author><license_ref start_date=""/><type/><language/><publication_date/><project/><source/>',
    expected: { titles: [], creators: [], languages: [], funding: [] },
    without: ['type', 'licence', 'access', 'published', 'source'],
  },
  {
    what: 'a season for a date, and the address of a published version that is no DOI',
    xml: '<publication_date>Spring, 2010</publication_date><version_of_record>http://press.example/a</version_of_record>',
    expected: {
      published: '2010',
      relations: [{ kind: 'isVersionOf', target: { scheme: 'url', value: 'http://press.example/a' } }],
    },
  },
];

const rioxx3: readonly Case[] = [
  {
    what: 'several files: an item is as open as its most open file',
    xml: `<relation rel="item" access_rights="http://purl.org/coar/access_right/c_16ec">https://eprints.example/1/2.pdf</relation>
      <relation rel="item" access_rights="http://purl.org/coar/access_right/c_abf2">${pdf}</relation>`,
    expected: {
      access: { right: 'open' },
      files: [
        { url: 'https://eprints.example/1/2.pdf', format: 'application/pdf', access: 'restricted' },
        { url: pdf, format: 'application/pdf', access: 'open' },
      ],
    },
  },
  {
    what: 'an embargo, by the day on which the file is to be exposed',
    xml: `<relation rel="item" type="application/pdf; charset=binary" license_ref="${licence('by')}"
      resource_exposed_date="2027-02-01" access_rights="https://purl.org/coar/access_right/c_f1cf">${pdf}</relation>`,
    expected: {
      access: { right: 'embargoed', embargoEnds: '2027-02-01' },
      licence: licence('by'),
      files: [{ url: pdf, format: 'application/pdf', access: 'embargoed' }],
    },
  },
  {
    what: 'an embargo that only the licence tells of',
    xml: `<relation rel="item" license_ref="https://www.rioxx.net/licenses/under-embargo-all-rights-reserved/">${pdf}</relation>`,
    expected: {
      access: { right: 'embargoed' },
      files: [{ url: pdf, format: 'application/pdf', access: 'embargoed' }],
    },
    without: ['licence'],
  },
  {
    what: 'a day of exposure of what is open: it says nothing',
    xml: `<relation rel="item" resource_exposed_date="2023-04-11" access_rights="http://purl.org/coar/access_right/c_abf2">${pdf}</relation>`,
    expected: { access: { right: 'open' } },
  },
  {
    what: 'a file at a relative address',
    xml: '<relation rel="item">/84907/7/a.pdf</relation>',
    expected: { files: [] },
    without: ['access'],
  },
  {
    what: 'another version, data, and something of unknown kind',
    xml: `<ext_relation rel="cite-as" coar_version="https://purl.org/coar/version/c_b1a7d7d4d402bcce">https://arxiv.org/abs/1706.03762v2</ext_relation>
      <ext_relation rel="cite-as" coar_type="https://purl.org/coar/resource_type/63NG-B465">https://doi.org/10.15129/589f7af3</ext_relation>
      <ext_relation rel="item" coar_version="http://purl.org/coar/version/c_970fb48d4fbd8a85">https://press.example/a.pdf</ext_relation>
      <ext_relation>no identifier</ext_relation>`,
    expected: {
      relations: [
        { kind: 'hasVersion', target: { scheme: 'arxiv', value: '1706.03762' } },
        { kind: 'isSupplementedBy', target: doi('10.15129/589f7af3') },
        { kind: 'isVersionOf', target: { scheme: 'url', value: 'https://press.example/a.pdf' } },
      ],
    },
    without: ['publishedDoi'],
  },
  {
    what: 'a version’s URI that lacks a digit: the only related DOI is the published work’s all the same',
    xml: '<type>http://purl.org/coar/resource_type/c_6501</type><ext_relation coar_version="http://purl.org/coar/version/c_970fb48d4fbd8a8">https://doi.org/10.1063/1.5128830</ext_relation>',
    expected: { publishedDoi: '10.1063/1.5128830' },
  },
  {
    what: 'elements of RIOXX 2 among those of RIOXX 3',
    xml: `<author first-named-author="true">Wood, Marsha</author><version>AM</version>
      <publisher><name>A Press</name><id>https://isni.org/isni/000000040482455X</id></publisher>
      <license_ref start_date="2020-11-17">https://creativecommons.org/licenses/by/4.0</license_ref>
      <publication_date>2020-11-17</publication_date><project>https://raid.org/10378.1/1590366</project>`,
    expected: {
      creators: [{ name: 'Wood, Marsha', family: 'Wood', given: 'Marsha', kind: 'person' }],
      version: 'http://purl.org/coar/version/c_ab4af688f83e57aa',
      publisher: 'A Press',
      licence: licence('by'),
      funding: [],
    },
    without: ['access'],
  },
];

const field = (path: string, value: string, more = ''): string =>
  path
    .split('/')
    .reduceRight(
      (content, name) => `<element name="${name}">${content}</element>`,
      `<field name="value">${value}</field>${more}`,
    );
const bundle = (name: string, fields: string, inner = ''): string =>
  `<element name="bundle"><field name="name">${name}</field><element name="bitstreams"><element name="bitstream">${Object.entries(
    Object.fromEntries(new URLSearchParams(fields)),
  )
    .map(([key, value]) => `<field name="${key}">${value}</field>`)
    .join('')}${inner}</element></element></element>`;
const bundles = (...all: string[]): string => `<element name="bundles">${all.join('')}</element>`;
const policy = (fields: string): string =>
  `<element name="resourcePolicies"><element name="resourcePolicy">${fields}</element></element>`;

const xoai: readonly Case[] = [
  {
    what: 'no bundle ORIGINAL: no files',
    xml: bundles(
      bundle('TEXT', `url=${pdf}`),
      bundle('THUMBNAIL', `url=${pdf}.jpg`),
      bundle('LICENSE', 'url=license.txt'),
    ),
    expected: { files: [] },
    without: ['access'],
  },
  {
    what: 'a file that may be read by some only',
    xml: bundles(bundle('ORIGINAL', `url=${pdf}&drm=restricted access`)),
    expected: {
      access: { right: 'restricted' },
      files: [{ url: pdf, format: 'application/pdf', access: 'restricted' }],
    },
  },
  {
    what: 'a file under embargo, as DSpace-CRIS says it',
    xml: bundles(bundle('ORIGINAL', `url=${pdf}&drm=embargoed access|||2027-05-01`)),
    expected: { access: { right: 'embargoed', embargoEnds: '2027-05-01' } },
  },
  {
    what: 'a file under embargo, by its policies',
    xml: bundles(
      bundle(
        'original',
        `url=${pdf}`,
        policy(
          '<field name="action">READ</field><field name="group">Anonymous</field><field name="start-date">2027-05-01</field>',
        ),
      ),
    ),
    expected: { access: { right: 'embargoed', embargoEnds: '2027-05-01' } },
  },
  {
    what: 'a file that nobody may read',
    xml: bundles(bundle('ORIGINAL', `url=${pdf}`, policy('<field name="action">WRITE</field>'))),
    expected: { access: { right: 'restricted' } },
  },
  {
    what: 'a file whose address is its name, a size that is none, a checksum of another length',
    xml: bundles(
      bundle('ORIGINAL', 'url=thesis.pdf&size=1'),
      bundle('ORIGINAL', `url=${pdf}&size=-1&checksum=abc&checksumAlgorithm=SHA-256&format=Unknown`),
    ),
    expected: { files: [{ url: pdf, format: 'application/pdf', access: 'open' }] },
  },
  {
    what: 'bitstreams without bundles',
    xml: `<element name="bundles"/><element name="bitstreams"><element name="bitstream"><field name="url">${pdf}</field></element></element>`,
    expected: { files: [{ url: pdf, format: 'application/pdf', access: 'open' }] },
  },
  {
    what: 'the access status of the item, with the end of an embargo',
    xml: '<element name="others"><element name="access-status"><field name="value">embargo</field><field name="embargo">2027-10-10</field></element></element>',
    expected: { access: { right: 'embargoed', embargoEnds: '2027-10-10' } },
  },
  {
    what: 'an item of which only metadata are there',
    xml: '<element name="others"><field name="handle">123456789/7</field><element name="access-status"><field name="value">metadata.only</field></element></element>',
    expected: { access: { right: 'metadata-only' }, identifiers: [] },
  },
  {
    what: 'a qualifier "none", an unknown language, and a value without a language',
    xml:
      field('dc/title/none/none', 'A title') +
      field('dc/subject/*', 'one') +
      field('dc/publisher', 'A Press'),
    expected: { titles: [{ value: 'A title' }], subjects: [{ value: 'one' }], publisher: 'A Press' },
  },
  {
    what: 'metadata of another item behind an authority',
    xml: field(
      'dc/title/none',
      'A title',
      `<field name="authority">x</field><element name="authority">${field('dc/title/none', 'Another')}</element>`,
    ),
    expected: { titles: [{ value: 'A title' }] },
  },
  {
    what: 'funders and awards side by side, with a gap',
    xml:
      `<element name="oaire"><element name="awardNumber"><element name="none"><field name="value">1</field><field name="value">2</field></element></element></element>` +
      `<element name="project"><element name="funder"><element name="name"><element name="none"><field name="value">#PLACEHOLDER_PARENT_METADATA_VALUE#</field><field name="value">Some Trust</field></element></element></element></element>`,
    expected: { funding: [{ award: '1' }, { funder: 'Some Trust', award: '2' }] },
  },
  {
    what: 'where the work was published, in fields of its own',
    xml: `<element name="oaire"><element name="citation">${[
      'title/A Journal',
      'volume/9',
      'startPage/1',
      'endPage/2',
    ]
      .map((each) => each.split('/'))
      .map(([name, value]) => field(`${name}/none`, value!))
      .join('')}</element></element>`,
    expected: { source: { title: 'A Journal', volume: '9', pages: '1-2' } },
  },
];

const dimField = (name: string, value: string): string => {
  const [schema, element, qualifier] = name.split('.');
  return `<field mdschema="${schema}" element="${element}"${qualifier === undefined ? '' : ` qualifier="${qualifier}"`}>${value}</field>`;
};

const dim: readonly Case[] = [
  {
    what: 'attributes in capitals',
    xml: '<field MDSCHEMA="DC" Element="Title" Lang="pt_BR">Um título</field>',
    expected: { titles: [{ value: 'Um título', language: 'pt-BR' }] },
  },
  {
    what: 'identifiers of people, and an ISBN with a wrong check digit',
    xml:
      dimField('dc.identifier.lattes', 'http://lattes.cnpq.br/123') +
      dimField('dc.identifier.isbn', '978-3-16-148410-1') +
      dimField('dc.contributor.advisor1ID', 'http://lattes.cnpq.br/124') +
      dimField('dc.contributor.email', 'ana@andina.example'),
    expected: { identifiers: [], contributors: [] },
  },
  {
    what: 'a journal’s title in dc.relation.ispartof, an ISSN in dc.relation.issn',
    xml: dimField('dc.relation.ispartof', 'Revista Andina') + dimField('dc.relation.issn', '10829873'),
    expected: {
      source: { title: 'Revista Andina' },
      relations: [{ kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } }],
    },
  },
  {
    what: 'a sentence of thanks for a sponsor: that is no funder',
    xml: dimField('dc.description.sponsorship', 'We thank the Trust; it gave us much. Grant 2013/12345.'),
    expected: { funding: [] },
  },
  {
    what: 'an embargo for ever, and one until a day',
    xml: dimField('dc.embargo.terms', '10000-01-01') + dimField('dc.embargo.lift', '2027-01-01'),
    expected: { access: { right: 'embargoed', embargoEnds: '2027-01-01' } },
  },
  {
    what: 'the time of deposit of what is under embargo: that is not its end',
    xml: dimField('dc.rights', 'embargoedAccess') + dimField('dc.date.available', '2024-04-29T14:05:32Z'),
    expected: { access: { right: 'embargoed' }, published: '2024-04-29' },
  },
];

const qdc: readonly Case[] = [
  {
    what: 'markup for the text of an element',
    xml: '<description><p xmlns="http://www.w3.org/1999/xhtml">First &amp; <em>last</em>.</p><p>Second.</p></description>',
    expected: { abstracts: [{ value: 'First & last. Second.' }] },
  },
  {
    what: 'no namespaces, elements that are empty, text that is white space',
    xml: '<title>A</title><title/><abstract> \n </abstract><creator></creator>',
    expected: { titles: [{ value: 'A' }], abstracts: [], creators: [] },
  },
  {
    what: 'a day of availability: the end of an embargo where one is said',
    xml: '<accessRights>embargoedAccess</accessRights><available>2027-01-01</available><issued>2026</issued>',
    expected: { access: { right: 'embargoed', embargoEnds: '2027-01-01' }, published: '2026' },
  },
  {
    what: 'a day of availability: nothing where all is open',
    xml: '<accessRights>openAccess</accessRights><available>2027-01-01</available>',
    expected: { access: { right: 'open' }, published: '2027-01-01' },
  },
  {
    what: 'relative addresses, and a part of something without an identifier',
    xml: '<identifier>bitstream/1/2/a.pdf</identifier><isPartOf>MIT Theses</isPartOf>',
    expected: { identifiers: [], files: [], relations: [] },
    without: ['source'],
  },
  {
    what: 'kinds of relations in words, in dc:relation',
    xml: '<relation>isSupplementedBy https://doi.org/10.5061/dryad.1</relation><relation>Is Translation Of: doi:10.1000/2</relation>',
    expected: {
      relations: [
        { kind: 'isSupplementedBy', target: doi('10.5061/dryad.1') },
        { kind: 'isTranslationOf', target: doi('10.1000/2') },
      ],
    },
  },
];

describe('an odd metadata document', () => {
  for (const [prefix, cases] of Object.entries({ rioxx2, rioxx: rioxx3, xoai, dim, qdc })) {
    const crosswalk = crosswalkFor(prefix)!;
    describe(`of ${crosswalk.title}`, () => {
      for (const { what, xml, expected, without = [] } of cases) {
        it(what, () => {
          const { description } = crosswalk.read(readXml(`<x>${xml}</x>`));
          expect(description).to.deep.include(expected);
          for (const property of without) expect(description).not.to.have.property(property);
        });
      }
    });
  }

  it('with very many values is borne', () => {
    const names = Array.from({ length: 150_000 }, (_, n) => `Smith, A${n}`);
    const creators = (prefix: string, xml: string): number =>
      crosswalkFor(prefix)!.read(readXml(`<x>${xml}</x>`)).description.creators.length;
    expect(creators('rioxx', `<creator>${names.join(';')}</creator>`)).to.equal(150_000);
    const authors = names.map((name) => `<field name="value">${name}</field>`).join('');
    expect(creators('xoai', field('dc/contributor/author/none', 'Smith, B.', authors))).to.equal(150_001);
  });

  it('tells which addresses and identifiers were refused', () => {
    const refused = (prefix: string, xml: string): string[] =>
      crosswalkFor(prefix)!
        .read(readXml(`<x>${xml}</x>`))
        .repairs.map(({ code, field: at, before }) => `${code} ${at} ${before}`);
    expect(refused('rioxx', '<relation rel="item">/84907/7/a.pdf</relation>')).to.deep.equal([
      'IDENTIFIER_REFUSED dc:relation /84907/7/a.pdf',
    ]);
    expect(refused('xoai', bundles(bundle('ORIGINAL', 'url=thesis.pdf')))).to.deep.equal([
      'IDENTIFIER_REFUSED bundles/bundle (ORIGINAL)/bitstreams/bitstream thesis.pdf',
    ]);
    expect(
      refused('rioxx2', '<author id="https://orcid.org/0000-0002-1825-0098">Wood, M.</author>'),
    ).to.deep.equal(['IDENTIFIER_REFUSED rioxxterms:author https://orcid.org/0000-0002-1825-0098']);
  });
});
