import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import type { XmlCrosswalk } from '../../../vocab/crosswalks/crosswalk.ts';
import { datacite, oaiDatacite, oaiOpenaire } from '../../../vocab/crosswalks/datacite/index.ts';
import { jats } from '../../../vocab/crosswalks/jats/index.ts';
import { mods } from '../../../vocab/crosswalks/mods/index.ts';
import { element, raw, readXml } from '../../../vocab/xml/index.ts';

/** Names that mean something in some place of each format, to be put in any place. */
const names: readonly (readonly [crosswalk: XmlCrosswalk, root: string, names: string])[] = [
  [
    datacite,
    'resource',
    'identifier alternateIdentifiers alternateIdentifier creators creator creatorName givenName familyName nameIdentifier affiliation titles title publisher publicationYear contributors contributor contributorName dates date language resourceType subjects subject relatedIdentifiers relatedIdentifier relatedItems relatedItem relatedItemIdentifier volume rightsList rights descriptions description br fundingReferences fundingReference funderName funderIdentifier awardNumber formats format version sizes',
  ],
  [oaiDatacite, 'oai_datacite', 'payload resource titles title creators creator'],
  [
    oaiOpenaire,
    'resource',
    'titles title creators creator creatorName contributors contributor dates date identifier rights licenseCondition version file citationTitle citationVolume citationStartPage language publisher description source format resourceType fundingReferences fundingReference funderName relatedIdentifiers relatedIdentifier',
  ],
  [
    mods,
    'mods',
    'mods titleInfo title nonSort subTitle name namePart role roleTerm affiliation nameIdentifier typeOfResource genre originInfo publisher dateIssued dateOther language languageTerm abstract subject topic geographic classification identifier location url relatedItem part detail number extent start end list date accessCondition note physicalDescription internetMediaType',
  ],
  [
    jats,
    'article',
    'article front article-meta journal-meta journal-title issn publisher publisher-name title-group article-title subtitle trans-title-group trans-title contrib-group contrib name surname given-names string-name collab aff institution institution-id institution-wrap xref contrib-id pub-date year month day history date string-date volume fpage lpage article-id self-uri abstract trans-abstract sec title p kwd-group kwd permissions license license-p ext-link license_ref funding-group award-group funding-source award-id related-article product isbn back ref-list ref mixed-citation element-citation pub-id fn',
  ],
];

const attributes = fc.dictionary(
  fc.constantFrom(
    ...'type dateType relationType titleType nameType resourceTypeGeneral identifierType relatedIdentifierType uri rightsURI rid id xlink:href href encoding point xml:lang lang authority access pub-type article-type ref-type contrib-type startDate'.split(
      ' ',
    ),
  ),
  fc.constantFrom(
    '',
    ' ',
    'Issued',
    'IsVersionOf',
    'host',
    'aff',
    'a1',
    'epub',
    'DOI',
    'xx',
    'eng',
    'Organizational',
    'raw object',
    'https://a.example/b.pdf',
    '2027-01-01',
    'end',
    '__proto__',
    'constructor',
  ),
  { maxKeys: 3, noNullPrototype: true },
);

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '10.5281/zenodo.1',
        'https://doi.org/10.1000/182',
        '2019/2021',
        'c2004',
        'n.d.',
        '0000-12-31',
        '(:unav)',
        'openAccess',
        'embargoed until 2027-01-01',
        'CC BY 4.0',
        'Smith, J.; Doe, A.',
        'ISSN 1082-9873',
        '978-3-16-148410-1',
        'info:eu-repo/grantAgreement/EC/FP7/1',
        'https://orcid.org/0000-0002-1825-0097',
        'aut',
        'constructor',
        ';',
        '<p>',
        '&eacute;',
        '\u0000',
      ),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join(''));

/** An element with any of the names in it, three deep. */
function anyElement(root: string, within: readonly string[]): fc.Arbitrary<string> {
  const levels = (depth: number): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom(...within),
        attributes,
        text,
        depth === 0 ? fc.constant([]) : fc.array(levels(depth - 1), { maxLength: 4 }),
      )
      .map(([name, given, before, inner]) => element(name, given, [before, ...inner.map(raw)]));
  return fc.array(levels(4), { maxLength: 6 }).map((inner) => element(root, {}, inner.map(raw)));
}

const many = 20_000;

/** What is small by itself, very many times, in places where it could be looked for again each time. */
const large: Readonly<Record<string, string>> = {
  datacite: `<titles>${'<title xml:lang="en">T</title><title titleType="Subtitle" xml:lang="de">U</title>'.repeat(many)}</titles><dates>${'<date dateType="Created">2001-02-03</date>'.repeat(many)}</dates><rightsList>${'<rights>x</rights>'.repeat(many)}</rightsList>`,
  oai_datacite: '<payload/>'.repeat(many),
  oai_openaire: `${'<licenseCondition startDate="2020-01-01">x</licenseCondition>'.repeat(many)}${'<file>https://a.example/b</file>'.repeat(many)}`,
  mods: `${'<titleInfo><title>T</title></titleInfo>'.repeat(many)}<relatedItem type="host">${'<part><detail type="volume"><number>1</number></detail></part>'.repeat(many)}</relatedItem>`,
  jats: `<front><article-meta><contrib-group>${'<contrib><name><surname>A</surname><given-names>Ann</given-names></name><xref ref-type="aff" rid="a"/></contrib>'.repeat(many)}</contrib-group><aff id="a">${'<country>UK</country>'.repeat(many)}</aff><funding-group><award-group>${'<funding-source>F</funding-source>'.repeat(many)}${'<award-id>1</award-id>'.repeat(many)}</award-group></funding-group></article-meta></front>`,
};

describe('the crosswalks of XML formats', () => {
  for (const [crosswalk, root, within] of names)
    it(`${crosswalk.prefix}: give, for any elements, a description that can be stored, and the same each time`, () => {
      fc.assert(
        fc.property(anyElement(root, within.split(' ')), (xml) => {
          const first = crosswalk.read(readXml(xml));
          // DAG-CBOR refuses undefined values; a lone surrogate would come back as another character.
          expect(dagCbor.decode(dagCbor.encode(first.description))).to.deep.equal(first.description);
          expect(crosswalk.read(readXml(xml))).to.deep.equal(first);
        }),
        { seed: 20261121, numRuns: 200 },
      );
    });

  for (const [crosswalk, root] of names)
    it(`${crosswalk.prefix}: bear a record with very many elements`, () => {
      const xml = element(root, {}, raw(large[crosswalk.prefix]!));
      expect(crosswalk.read(readXml(xml)).description.titles).to.be.an('array');
    });
});
