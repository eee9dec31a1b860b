import { expect } from 'chai';
import { datacite } from '../../../../vocab/crosswalks/datacite/index.ts';
import type { Description } from '../../../../vocab/record.ts';
import { readXml } from '../../../../vocab/xml/index.ts';
import { relations } from '../dublin-core.ts';

function read(properties: string): Description {
  const xml = `<resource xmlns="http://datacite.org/schema/kernel-4">${properties}</resource>`;
  return datacite.read(readXml(xml)).description;
}

const related = (relationType: string, target: string, targetType = 'DOI'): string =>
  `<relatedIdentifiers><relatedIdentifier relatedIdentifierType="${targetType}" relationType="${relationType}">${target}</relatedIdentifier></relatedIdentifiers>`;

describe('DataCite’s related identifiers', () => {
  const relationTypes: Readonly<Record<string, string>> = {
    References: 'references doi 10.1000/1',
    cites: 'references doi 10.1000/1',
    IsCitedBy: 'isReferencedBy doi 10.1000/1',
    IsSupplementTo: 'isSupplementTo doi 10.1000/1',
    isSupplementedBy: 'isSupplementedBy doi 10.1000/1',
    HasVersion: 'hasVersion doi 10.1000/1',
    IsNewVersionOf: 'replaces doi 10.1000/1',
    Obsoletes: 'replaces doi 10.1000/1',
    IsPreviousVersionOf: 'isReplacedBy doi 10.1000/1',
    IsTranslationOf: 'isTranslationOf doi 10.1000/1',
    Reviews: 'isReviewOf doi 10.1000/1',
    IsDerivedFrom: 'isDerivedFrom doi 10.1000/1',
    IsPublishedIn: 'isPartOf doi 10.1000/1',
    HasPart: 'hasPart doi 10.1000/1',
    'Is Part Of': 'isPartOf doi 10.1000/1',
    Requires: 'relation doi 10.1000/1',
    Bogus: 'relation doi 10.1000/1',
    '': 'relation doi 10.1000/1',
  };
  for (const [relationType, relation] of Object.entries(relationTypes))
    it(`relates by the relation type ${relationType}`, () => {
      const dataset = '<resourceType resourceTypeGeneral="Dataset"/>';
      expect(relations(read(dataset + related(relationType, '10.1000/1')))).to.deep.equal([relation]);
    });

  it('tells the published DOI from the record’s own', () => {
    const own = '<identifier identifierType="DOI">10.5281/zenodo.1</identifier>';
    for (const relationType of ['IsVersionOf', 'IsVariantFormOf', 'IsIdenticalTo'])
      expect(read(own + related(relationType, '10.1629/15261')).publishedDoi).to.equal('10.1629/15261');
    expect(relations(read(own + related('IsVersionOf', '10.1629/15261')))).to.deep.equal([
      'isVersionOf doi 10.1629/15261',
    ]);
    // Zenodo's DOI of all versions.
    expect(read(own + related('IsVersionOf', '10.5281/zenodo.2'))).not.to.have.property('publishedDoi');
  });

  it('leaves out metadata about the item, and takes a journal for what it is', () => {
    expect(relations(read(related('HasMetadata', 'https://example.org/m.xml', 'URL')))).to.deep.equal([]);
    expect(relations(read(related('IsVersionOf', '1082-9873', 'EISSN')))).to.deep.equal([
      'isPartOf issn 1082-9873',
    ]);
  });

  it('believes the identifier more than its type', () => {
    expect(relations(read(related('References', 'https://doi.org/10.1000/1', 'URL')))).to.deep.equal([
      'references doi 10.1000/1',
    ]);
    expect(relations(read(related('References', '10.1000/1', 'Handle')))).to.deep.equal([
      'references doi 10.1000/1',
    ]);
    expect(relations(read(related('References', 'arXiv:0706.0001v2', 'arXiv')))).to.deep.equal([
      'references arxiv 0706.0001',
    ]);
    expect(relations(read(related('References', 'IECUR0097', 'IGSN')))).to.deep.equal([]);
  });
});
