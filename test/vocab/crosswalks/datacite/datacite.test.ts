import { expect } from 'chai';
import { datacite, oaiDatacite } from '../../../../vocab/crosswalks/datacite/index.ts';
import type { CrosswalkResult } from '../../../../vocab/crosswalks/crosswalk.ts';
import type { Description } from '../../../../vocab/record.ts';
import { readXml } from '../../../../vocab/xml/index.ts';
import { identifiers, relations, type } from '../dublin-core.ts';

const kernel4 = 'http://datacite.org/schema/kernel-4';

function result(properties: string, namespace = kernel4): CrosswalkResult {
  return datacite.read(readXml(`<resource xmlns="${namespace}">${properties}</resource>`));
}

function read(properties: string): Description {
  return result(properties).description;
}

/** A record as Zenodo gives it. */
const zenodo = `<oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/">
  <schemaVersion>4.3</schemaVersion><datacentreSymbol>CERN.ZENODO</datacentreSymbol>
  <payload><resource xmlns="${kernel4}">
    <identifier identifierType="DOI">10.5281/zenodo.1446407</identifier>
    <alternateIdentifiers><alternateIdentifier alternateIdentifierType="oai">oai:zenodo.org:1446407</alternateIdentifier></alternateIdentifiers>
    <creators><creator><creatorName nameType="Personal">Príncipe, Pedro</creatorName><givenName>Pedro</givenName><familyName>Príncipe</familyName>
      <nameIdentifier nameIdentifierScheme="ORCID">0000-0002-8588-4196</nameIdentifier><affiliation>University of Minho</affiliation></creator></creators>
    <titles><title>OpenAIRE Content Acquisition Policy</title></titles>
    <publisher>Zenodo</publisher><publicationYear>2018</publicationYear>
    <subjects><subject>policy</subject></subjects>
    <dates><date dateType="Issued">2018-10-04</date><date dateType="Updated">2020-01-20</date></dates>
    <language>en</language>
    <resourceType resourceTypeGeneral="Report"/>
    <relatedIdentifiers><relatedIdentifier relatedIdentifierType="DOI" relationType="IsVersionOf">10.5281/zenodo.1446406</relatedIdentifier></relatedIdentifiers>
    <version>1.0</version>
    <rightsList><rights rightsURI="https://creativecommons.org/licenses/by/4.0/legalcode">Creative Commons Attribution 4.0 International</rights>
      <rights rightsURI="info:eu-repo/semantics/openAccess">Open Access</rights></rightsList>
    <descriptions><description descriptionType="Abstract">What OpenAIRE&lt;p&gt;takes in.</description></descriptions>
    <fundingReferences><fundingReference><funderName>European Commission</funderName>
      <funderIdentifier funderIdentifierType="Crossref Funder ID">10.13039/501100000780</funderIdentifier>
      <awardNumber awardURI="info:eu-repo/grantAgreement/EC/H2020/777541/">777541</awardNumber></fundingReference></fundingReferences>
  </resource></payload></oai_datacite>`;

describe('the crosswalk of DataCite', () => {
  it('reads a record of Zenodo in its envelope', () => {
    const { description, repairs } = oaiDatacite.read(readXml(zenodo));
    expect(description).to.deep.equal({
      titles: [{ value: 'OpenAIRE Content Acquisition Policy' }],
      creators: [
        {
          name: 'Príncipe, Pedro',
          family: 'Príncipe',
          given: 'Pedro',
          kind: 'person',
          orcid: '0000-0002-8588-4196',
          affiliation: 'University of Minho',
        },
      ],
      contributors: [],
      abstracts: [{ value: 'What OpenAIRE takes in.' }],
      subjects: [{ value: 'policy' }],
      published: '2018-10-04',
      publisher: 'Zenodo',
      languages: ['en'],
      type: type('c_93fc'),
      access: { right: 'open' },
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      identifiers: [{ scheme: 'doi', value: '10.5281/zenodo.1446407' }],
      relations: [{ kind: 'isVersionOf', target: { scheme: 'doi', value: '10.5281/zenodo.1446406' } }],
      funding: [
        {
          funder: 'European Commission',
          funderId: 'https://doi.org/10.13039/501100000780',
          award: '777541',
        },
      ],
      files: [],
      references: [],
    });
    expect(repairs.map(({ code }) => code)).to.deep.equal(['TEXT_MARKUP']);
  });

  it('reads what is in the envelope wherever it stands, and the first of several', () => {
    const one = '<resource><titles><title>One</title></titles></resource>';
    const two = one.replace('One', 'Two');
    for (const xml of [
      `<oai_datacite><payload>${one}${two}</payload></oai_datacite>`,
      `<oai_datacite>${one}</oai_datacite>`,
      `<d:oai_datacite>${one}</d:oai_datacite>`,
      one,
    ])
      expect(oaiDatacite.read(readXml(xml)).description.titles).to.deep.equal([{ value: 'One' }]);
    expect(
      oaiDatacite.read(readXml('<oai_datacite><payload/></oai_datacite>')).description.titles,
    ).to.deep.equal([]);
  });

  it('reads kernel 2 and 3: rights without a list, a funder among the contributors', () => {
    const { description } = result(
      `<identifier identifierType="DOI">10.1594/PANGAEA.1</identifier>
       <creators><creator><creatorName>Böer, J.</creatorName><nameIdentifier nameIdentifierScheme="ORCID">http://orcid.org/0000-0002-1825-0097</nameIdentifier></creator></creators>
       <titles><title>Data</title></titles><publicationYear>2011</publicationYear>
       <contributors><contributor contributorType="Funder"><contributorName>European Commission</contributorName><nameIdentifier nameIdentifierScheme="info">info:eu-repo/grantAgreement/EC/FP7/282896</nameIdentifier></contributor>
         <contributor contributorType="Funder"><contributorName>Some Trust</contributorName></contributor>
         <contributor contributorType="HostingInstitution"><contributorName>PANGAEA</contributorName></contributor>
         <contributor contributorType="Editor"><contributorName>Doe, Jane</contributorName></contributor></contributors>
       <resourceType resourceTypeGeneral="Dataset"/>
       <rights>info:eu-repo/semantics/restrictedAccess</rights>`,
      'http://datacite.org/schema/kernel-2.2',
    );
    expect(description.creators[0]?.orcid).to.equal('0000-0002-1825-0097');
    expect(description.contributors.map(({ name }) => name)).to.deep.equal(['Doe, Jane']);
    expect(description.funding).to.deep.equal([
      {
        funder: 'European Commission',
        funderId: 'https://doi.org/10.13039/501100000780',
        award: '282896',
      },
      { funder: 'Some Trust' },
    ]);
    expect(description.access).to.deep.equal({ right: 'restricted' });
    expect(description.type).to.equal(type('c_ddb1'));
  });

  it('joins subtitles to the title in their language', () => {
    const { titles } = read(
      `<titles><title xml:lang="fr" titleType="TranslatedTitle">Un titre</title><title xml:lang="en">A title</title>
         <title titleType="subtitle" xml:lang="en">and more</title><title titleType="AlternativeTitle">AT</title></titles>`,
    );
    expect(titles).to.deep.equal([
      { value: 'A title: and more', language: 'en' },
      { value: 'Un titre', language: 'fr' },
      { value: 'AT' },
    ]);
  });

  it('reads titles that all have a type', () => {
    expect(read('<titles><title titleType="Other">One</title></titles>').titles).to.deep.equal([
      { value: 'One' },
    ]);
  });

  it('tells persons from organisations, and ROR from other identifiers', () => {
    const { creators } = read(
      `<creators>
        <creator><creatorName nameType="Organizational">Smith, Jones and Partners</creatorName><nameIdentifier nameIdentifierScheme="ROR">https://ror.org/04wxnsj81</nameIdentifier></creator>
        <creator><creatorName nameType="personal">Garcia, Sofia</creatorName><nameIdentifier nameIdentifierScheme="ISNI">0000 0001 2103 2683</nameIdentifier><nameIdentifier nameIdentifierScheme="ORCID" schemeURI="https://orcid.org"/>
          <affiliation affiliationIdentifier="grid.1" affiliationIdentifierScheme="GRID">One</affiliation><affiliation affiliationIdentifier="https://ror.org/03efmqc40" schemeURI="https://ror.org">Arizona State University</affiliation></creator>
        <creator><creatorName>(:unav)</creatorName></creator>
        <creator><creatorName/><givenName>Ada</givenName><familyName>Lovelace</familyName></creator>
        <creator>Malformed, Martha</creator>
      </creators>`,
    );
    expect(creators).to.deep.equal([
      { name: 'Smith, Jones and Partners', kind: 'organisation' },
      {
        name: 'Garcia, Sofia',
        family: 'Garcia',
        given: 'Sofia',
        kind: 'person',
        affiliation: 'One; Arizona State University',
        ror: 'https://ror.org/03efmqc40',
      },
      { name: 'Lovelace, Ada', family: 'Lovelace', given: 'Ada', kind: 'person' },
      { name: 'Malformed, Martha', family: 'Malformed', given: 'Martha', kind: 'person' },
    ]);
  });

  const year = (text: string): string => `<publicationYear>${text}</publicationYear>`;
  const date = (text: string, dateType = 'Issued'): string =>
    `<dates><date dateType="${dateType}">${text}</date></dates>`;
  const dates: readonly (readonly [what: string, xml: string, published: string | undefined])[] = [
    ['the date of issue', year('2019') + date('2019-05-03'), '2019-05-03'],
    ['the year alone', year('2019'), '2019'],
    ['the year, to the day by another date', year('2019') + date('2019-05-03', 'Available'), '2019-05-03'],
    ['the year, not another year', year('2019') + date('2021-05-03', 'Available'), '2019'],
    ['another date without a year', date('2021-05-03', 'Created'), '2021-05-03'],
    ['no date of the data', date('2001-05-03', 'Collected') + date('1999', 'Valid'), undefined],
    ['the beginning of a range', date('2019/2021'), '2019'],
    ['the beginning of a range in days', date('2019-02-03/2019-02-05'), '2019-02-03'],
    ['the end of a range without beginning', date('/2021-01'), '2021-01'],
    ['a copyright year', date('c2004'), '2004'],
    ['no date at all', date('n.d.'), undefined],
    ['the code for that it is unknown', year('(:unav)') + date(':unav'), undefined],
    ['wrong case of the type', date('2003-04', 'ISSUED'), '2003-04'],
    ['a date without a type', '<dates><date>2003-04</date></dates>', '2003-04'],
    ['dates without their list', '<date dateType="Issued">2003-04</date>', '2003-04'],
    ['an empty date', date('') + year('2001'), '2001'],
  ];
  for (const [what, xml, published] of dates)
    it(`tells the date of publication: ${what}`, () => {
      expect(read(xml).published).to.equal(published);
    });

  it('says what was no date', () => {
    expect(result(date('n.d.')).repairs).to.deep.equal([
      { code: 'DATE_REFUSED', field: 'publicationYear, dates/date', before: 'n.d.', after: '' },
    ]);
  });

  it('takes Available for an embargo’s end where the rights speak of an embargo', () => {
    const embargo = '<rightsList><rights rightsURI="info:eu-repo/semantics/embargoedAccess"/></rightsList>';
    const available = date('2027-01-01', 'Available');
    const { access, published } = read(embargo + available + year('2025'));
    expect(access).to.deep.equal({ right: 'embargoed', embargoEnds: '2027-01-01' });
    expect(published).to.equal('2025');
    expect(read(available)).not.to.have.property('access');
    expect(read('<rightsList><rights>Embargoed until 2027-02-03</rights></rightsList>').access).to.deep.equal(
      {
        right: 'embargoed',
        embargoEnds: '2027-02-03',
      },
    );
  });

  const types: readonly (readonly [general: string, free: string, concept: string])[] = [
    ['JournalArticle', '', 'c_6501'],
    ['Text', 'Journal article', 'c_6501'],
    ['Text', '', 'c_18cf'],
    ['text', 'something', 'c_18cf'],
    ['Dissertation', 'Doctoral thesis', 'c_db06'],
    ['ComputationalNotebook', 'Jupyter', 'c_5ce6'],
    ['Collection', 'Dataset', 'c_ddb1'],
    ['', 'Poster', 'c_6670'],
    ['OutputManagementPlan', 'DMP', 'c_ab20'],
  ];
  for (const [general, free, concept] of types)
    it(`reads the type ${general} ${free}`, () => {
      const xml = `<resourceType resourceTypeGeneral="${general}">${free}</resourceType>`;
      expect(read(xml).type).to.equal(type(concept));
    });

  it('reads identifiers of all kinds, and refuses those whose check digit is wrong', () => {
    const { description, repairs } = result(
      `<identifier identifierType="Handle">20.500.1/2</identifier>
       <alternateIdentifiers><alternateIdentifier alternateIdentifierType="URN">urn:nbn:de:0183-1</alternateIdentifier>
         <alternateIdentifier alternateIdentifierType="ISBN">978-3-16-148410-1</alternateIdentifier>
         <alternateIdentifier alternateIdentifierType="ISSN">1082-9873</alternateIdentifier>
         <alternateIdentifier alternateIdentifierType="shelf mark">1082-9873</alternateIdentifier>
         <alternateIdentifier alternateIdentifierType="URL">https://repository.example/files/1.pdf</alternateIdentifier>
         <alternateIdentifier alternateIdentifierType="URL"></alternateIdentifier></alternateIdentifiers>`,
    );
    expect(identifiers(description)).to.deep.equal(['handle 20.500.1/2', 'urn urn:nbn:de:0183-1']);
    expect(relations(description)).to.deep.equal(['isPartOf issn 1082-9873']);
    expect(description.files.map(({ url }) => url)).to.deep.equal(['https://repository.example/files/1.pdf']);
    expect(repairs.map(({ code, before }) => `${code} ${before}`)).to.deep.equal([
      'IDENTIFIER_REFUSED 978-3-16-148410-1',
    ]);
  });

  it('reads where the work was published, and what it cites, from related items', () => {
    const description = read(
      `<resourceType resourceTypeGeneral="JournalArticle"/>
       <relatedItems>
         <relatedItem relatedItemType="Journal" relationType="IsPublishedIn"><relatedItemIdentifier relatedItemIdentifierType="ISSN">1082-9873</relatedItemIdentifier>
           <titles><title>Journal of Examples</title><title titleType="Subtitle">A Journal</title></titles><volume>3</volume><issue>4</issue><firstPage>20</firstPage><lastPage>35</lastPage></relatedItem>
         <relatedItem relatedItemType="Book" relationType="Cites"><creators><creator><creatorName>Doe, J.</creatorName></creator></creators><titles><title>A Book</title></titles><publicationYear>1999</publicationYear></relatedItem>
         <relatedItem relatedItemType="Dataset" relationType="IsSupplementedBy"><relatedItemIdentifier relatedItemIdentifierType="DOI">10.5061/dryad.1</relatedItemIdentifier></relatedItem>
       </relatedItems>`,
    );
    expect(description.source).to.deep.equal({
      title: 'Journal of Examples: A Journal',
      volume: '3',
      issue: '4',
      pages: '20-35',
    });
    expect(relations(description)).to.deep.equal([
      'isPartOf issn 1082-9873',
      'isSupplementedBy doi 10.5061/dryad.1',
    ]);
    expect(description.references).to.deep.equal([
      { text: 'Doe, J., 1999, A Book', title: 'A Book', year: '1999' },
    ]);
  });

  it('reads the series where there is no related item', () => {
    const series =
      '<descriptions><description descriptionType="SeriesInformation">D-Lib Magazine; 9(3), 1-2</description></descriptions>';
    expect(read(series).source).to.include({ title: 'D-Lib Magazine', volume: '9', issue: '3' });
  });

  it('reads abstracts with their breaks, other descriptions only in their stead', () => {
    const other = '<description descriptionType="Other">Notes.</description>';
    const abstract = '<description descriptionType="abstract" xml:lang="en">One.<br/>Two.</description>';
    const methods = '<description descriptionType="Methods">How.</description>';
    expect(read(`<descriptions>${other}${abstract}${methods}</descriptions>`).abstracts).to.deep.equal([
      { value: 'One. Two.', language: 'en' },
    ]);
    expect(read(`<descriptions>${other}${methods}</descriptions>`).abstracts).to.deep.equal([
      { value: 'Notes.' },
    ]);
  });

  const rights: readonly (readonly [xml: string, licence: string | undefined])[] = [
    ['<rights rightsIdentifier="CC-BY-NC-4.0" rightsIdentifierScheme="SPDX"/>', 'by-nc/4.0/'],
    ['<rights rightsIdentifier="cc-by-4.0"/>', 'by/4.0/'],
    ['<rights rightsuri="http://creativecommons.org/licenses/by/4.0"/>', 'by/4.0/'],
    ['<rights>Creative Commons Attribution 3.0</rights>', 'by/3.0/'],
    ['<rights>All rights reserved</rights>', undefined],
    ['<rights/>', undefined],
  ];
  for (const [xml, licence] of rights)
    it(`reads the licence of ${xml}`, () => {
      expect(read(`<rightsList>${xml}</rightsList>`).licence).to.equal(
        licence === undefined ? undefined : `https://creativecommons.org/licenses/${licence}`,
      );
    });

  it('reads funders by their registries', () => {
    const funder = (id: string, kind: string): string =>
      `<fundingReference><funderName>F ${kind}</funderName><funderIdentifier funderIdentifierType="${kind}">${id}</funderIdentifier></fundingReference>`;
    const { funding } = read(
      `<fundingReferences>${funder('https://doi.org/10.13039/100000001', 'Crossref Funder ID')}${funder('00k4n6c32', 'ROR')}${funder('grid.1', 'GRID')}
       ${funder('501100000780', 'crossref funder')}${funder('', 'ROR')}
       <fundingReference><funderName/><awardNumber>info:eu-repo/grantAgreement/EC/H2020/643410/EU</awardNumber></fundingReference><fundingReference/></fundingReferences>`,
    );
    expect(funding).to.deep.equal([
      {
        funder: 'National Science Foundation',
        funderId: 'https://doi.org/10.13039/100000001',
      },
      { funder: 'F ROR', funderId: 'https://ror.org/00k4n6c32' },
      { funder: 'F GRID' },
      { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780' },
      { funder: 'F ROR' },
      {
        funder: 'European Commission',
        funderId: 'https://doi.org/10.13039/501100000780',
        award: '643410',
      },
    ]);
  });

  it('names bare classes with their scheme', () => {
    const { subjects } = read(
      `<subjects><subject subjectScheme="DDC">020</subject><subject subjectScheme="dewey" schemeURI="http://dewey.info/">000 computer science</subject><subject/><subject xml:lang="de">Daten</subject></subjects>`,
    );
    expect(subjects).to.deep.equal([
      { value: 'ddc:020' },
      { value: '000 computer science' },
      { value: 'Daten', language: 'de' },
    ]);
  });

  it('reads names in whatever case and without namespaces', () => {
    const xml =
      '<Resource><Titles><Title>One</Title></Titles><Publisher>P</Publisher><PublicationYear>2001</PublicationYear></Resource>';
    const { titles, publisher, published } = datacite.read(readXml(xml)).description;
    expect({ titles, publisher, published }).to.deep.equal({
      titles: [{ value: 'One' }],
      publisher: 'P',
      published: '2001',
    });
  });
});
