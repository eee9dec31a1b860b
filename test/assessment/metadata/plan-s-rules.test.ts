import { expect } from 'chai';
import type { RuleOutcome } from '../../../node/assessment/index.ts';
import { planSRules } from '../../../node/assessment/metadata/rules/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const ARTICLE = 'http://purl.org/coar/resource_type/c_6501';
const THESIS = 'http://purl.org/coar/resource_type/c_46ec';
const AM = 'http://purl.org/coar/version/c_ab4af688f83e57aa';
const VOR = 'http://purl.org/coar/version/c_970fb48d4fbd8a85';
const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';

type Parts = Partial<NgrRecord>;
const id = (scheme: NgrRecord['identifiers'][number]['scheme'], value: string) => ({ scheme, value });
const file = (format?: string) => ({
  url: 'https://r.example/1',
  access: 'open' as const,
  ...(format !== undefined && { format }),
});
const author = (more: object = {}) => ({ name: 'Doe, J.', kind: 'person' as const, ...more });
const text = (value: string) => ({ value });

const cases: readonly [rule: keyof typeof planSRules, what: string, parts: Parts, outcome: RuleOutcome][] = [
  ['depositIdentifier', 'a Handle', { identifiers: [id('handle', '2027/1')] }, 'passed'],
  ['depositIdentifier', 'a URN', { identifiers: [id('urn', 'urn:nbn:de:1')] }, 'passed'],
  ['depositIdentifier', 'an ARK', { identifiers: [id('url', 'https://n2t.net/ark:/12345/abc')] }, 'passed'],
  ['depositIdentifier', 'a DOI', { identifiers: [id('doi', '10.1/a')] }, 'passed'],
  [
    'depositIdentifier',
    'the publisher’s DOI on a manuscript',
    { identifiers: [id('doi', '10.1/a')], publishedDoi: '10.1/a', version: AM },
    'failed',
  ],
  [
    'depositIdentifier',
    'the publisher’s DOI on the version of record',
    { identifiers: [id('doi', '10.1/a')], publishedDoi: '10.1/a', version: VOR },
    'passed',
  ],
  ['depositIdentifier', 'an address only', { identifiers: [id('url', 'https://r.example/1')] }, 'failed'],
  [
    'described',
    'everything',
    {
      titles: [text('A title')],
      creators: [author()],
      abstracts: [text('What it is about.')],
      subjects: [text('History')],
      languages: ['en'],
      type: ARTICLE,
      published: '2020',
    },
    'passed',
  ],
  ['described', 'a title only', { titles: [text('A title')] }, 'failed'],
  ['publicationIdentifier', 'nothing that was published', { type: THESIS }, 'inapplicable'],
  ['publicationIdentifier', 'an article without a DOI', { type: ARTICLE }, 'failed'],
  ['publicationIdentifier', 'an article with it', { type: ARTICLE, publishedDoi: '10.1/a' }, 'passed'],
  [
    'publicationIdentifier',
    'a DOI beside the repository’s Handle',
    { type: ARTICLE, identifiers: [id('handle', '2027/1'), id('doi', '10.1/a')] },
    'passed',
  ],
  [
    'publicationIdentifier',
    'a DOI that may be the deposit’s',
    { type: ARTICLE, identifiers: [id('doi', '10.1/a')] },
    'failed',
  ],
  [
    'publicationIdentifier',
    'a relation to it',
    { type: ARTICLE, relations: [{ kind: 'isVersionOf', target: id('doi', '10.1/a') }] },
    'passed',
  ],
  ['depositedVersion', 'an article with its version', { type: ARTICLE, version: AM }, 'passed'],
  ['depositedVersion', 'an article without', { type: ARTICLE }, 'failed'],
  ['depositedVersion', 'a thesis', { type: THESIS }, 'inapplicable'],
  ['licenceAndAccess', 'both', { licence: CC_BY, access: { right: 'open' } }, 'passed'],
  [
    'licenceAndAccess',
    'a licence that is no address',
    { licence: 'CC', access: { right: 'open' } },
    'failed',
  ],
  ['licenceAndAccess', 'metadata only', { access: { right: 'metadata-only' } }, 'inapplicable'],
  ['fullTextFormat', 'JATS beside PDF', { files: [file('application/pdf'), file('text/xml')] }, 'passed'],
  ['fullTextFormat', 'TEI', { files: [file('application/tei+xml')] }, 'passed'],
  ['fullTextFormat', 'PDF', { files: [file('application/pdf')] }, 'failed'],
  ['fullTextFormat', 'a picture that is XML', { files: [file('image/svg+xml')] }, 'failed'],
  ['fullTextFormat', 'a page that is XML', { files: [file('application/xhtml+xml')] }, 'failed'],
  ['fullTextFormat', 'a file of which nothing is known', { files: [file()] }, 'inapplicable'],
  [
    'institutionIdentifier',
    'a ROR id',
    { creators: [author({ ror: 'https://ror.org/05dxps055' })] },
    'passed',
  ],
  ['institutionIdentifier', 'a name', { creators: [author({ affiliation: 'MIT' })] }, 'failed'],
  ['institutionIdentifier', 'neither', { creators: [author()] }, 'inapplicable'],
  [
    'openReferences',
    'an article with references',
    { type: ARTICLE, references: [{ text: 'Doe' }] },
    'passed',
  ],
  ['openReferences', 'an article without', { type: ARTICLE }, 'failed'],
  ['openReferences', 'a thesis', { type: THESIS }, 'inapplicable'],
  ['authoritative', 'a PubMed id', { type: ARTICLE, identifiers: [id('pmid', '1')] }, 'passed'],
  ['authoritative', 'nothing', { type: ARTICLE }, 'failed'],
  ['authoritative', 'nothing that was published', { type: THESIS }, 'inapplicable'],
];

describe('the rules of Plan S', () => {
  it('are all tried here', () => {
    expect([...new Set(cases.map(([rule]) => rule))]).to.have.members(Object.keys(planSRules));
  });

  for (const [rule, what, parts, outcome] of cases)
    it(`say “${outcome}” of ${what} (${planSRules[rule].id})`, () => {
      const record = {
        ...aRecord(),
        id: 'https://node.example/records/a',
        node: '12D3Koo',
        identifiers: [],
        ...parts,
      };
      expect(planSRules[rule].check(record)).to.equal(outcome);
    });
});
