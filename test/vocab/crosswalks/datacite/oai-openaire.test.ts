import { expect } from 'chai';
import { oaiOpenaire } from '../../../../vocab/crosswalks/datacite/index.ts';
import type { Description } from '../../../../vocab/record.ts';
import { readXml } from '../../../../vocab/xml/index.ts';
import { identifiers, relations, type } from '../dublin-core.ts';

const coar = 'http://purl.org/coar/';

function read(elements: string): Description {
  return oaiOpenaire.read(
    readXml(
      `<oaire:resource xmlns:oaire="http://namespace.openaire.eu/schema/oaire/" xmlns:datacite="http://datacite.org/schema/kernel-4" xmlns:dc="http://purl.org/dc/elements/1.1/">${elements}</oaire:resource>`,
    ),
  ).description;
}

/** A record as DSpace gives it: an accepted manuscript under embargo. */
const manuscript = `
  <datacite:titles><datacite:title xml:lang="eng">A study</datacite:title><datacite:title xml:lang="eng" titleType="Subtitle">of repositories</datacite:title></datacite:titles>
  <datacite:creators><datacite:creator><datacite:creatorName nameType="Personal">Pinfield, Stephen</datacite:creatorName><datacite:givenName>Stephen</datacite:givenName><datacite:familyName>Pinfield</datacite:familyName>
    <datacite:nameIdentifier nameIdentifierScheme="ORCID" schemeURI="http://orcid.org">
      0000-0003-4696-764X
    </datacite:nameIdentifier><datacite:affiliation>University of Sheffield</datacite:affiliation></datacite:creator></datacite:creators>
  <datacite:contributors><datacite:contributor contributorType="HostingInstitution"><datacite:contributorName nameType="Organizational">A Repository</datacite:contributorName><datacite:nameIdentifier nameIdentifierScheme="e-mail" schemeURI="mailto:x@y.example">mailto:x@y.example</datacite:nameIdentifier></datacite:contributor></datacite:contributors>
  <oaire:fundingReferences><oaire:fundingReference><oaire:funderName>European Commission</oaire:funderName><oaire:funderIdentifier funderIdentifierType="Crossref Funder ID">http://doi.org/10.13039/501100000780</oaire:funderIdentifier><oaire:fundingStream>H2020</oaire:fundingStream><oaire:awardNumber awardURI="http://cordis.europa.eu/project/rcn/194062_en.html">643410</oaire:awardNumber></oaire:fundingReference></oaire:fundingReferences>
  <datacite:alternateIdentifiers><datacite:alternateIdentifier alternateIdentifierType="URN">urn:nbn:de:0183-1</datacite:alternateIdentifier></datacite:alternateIdentifiers>
  <datacite:relatedIdentifiers><datacite:relatedIdentifier relatedIdentifierType="DOI" relationType="IsVersionOf">10.1629/15261</datacite:relatedIdentifier><datacite:relatedIdentifier relatedIdentifierType="ISSN" relationType="IsPartOf">1082-9873</datacite:relatedIdentifier></datacite:relatedIdentifiers>
  <datacite:dates><datacite:date dateType="Accepted">2025-12-01</datacite:date><datacite:date dateType="Available">2027-12-01</datacite:date><datacite:date dateType="Issued">2026-01</datacite:date></datacite:dates>
  <dc:language>eng</dc:language><dc:publisher>A Press</dc:publisher>
  <oaire:resourceType resourceTypeGeneral="literature" uri="${coar}resource_type/c_6501">journal article</oaire:resourceType>
  <dc:description xml:lang="eng">What was found.</dc:description><dc:description>Made available in DSpace on 2026-01-01 by X</dc:description>
  <dc:format>application/pdf</dc:format>
  <datacite:identifier identifierType="Handle">http://hdl.handle.net/20.500.1/5628</datacite:identifier>
  <datacite:rights rightsURI="${coar}access_right/c_f1cf">embargoed access</datacite:rights>
  <datacite:subjects><datacite:subject xml:lang="eng" subjectScheme="LCSH">Repositories</datacite:subject></datacite:subjects>
  <oaire:licenseCondition startDate="2027-12-01" uri="http://creativecommons.org/licenses/by-nc/4.0/">Creative Commons Attribution-NonCommercial</oaire:licenseCondition>
  <oaire:version uri="${coar}version/c_ab4af688f83e57aa">AM</oaire:version>
  <oaire:file accessRightsURI="${coar}access_right/c_f1cf" mimeType="application/pdf" objectType="fulltext">https://repository.example/bitstream/1/a</oaire:file>
  <oaire:citationTitle>D-Lib Magazine</oaire:citationTitle><oaire:citationVolume>9</oaire:citationVolume><oaire:citationIssue>3</oaire:citationIssue><oaire:citationStartPage>1</oaire:citationStartPage><oaire:citationEndPage>12</oaire:citationEndPage>
  <oaire:citationConferencePlace>Berlin</oaire:citationConferencePlace>`;

describe('the crosswalk of OpenAIRE v4', () => {
  it('reads an accepted manuscript under embargo', () => {
    expect(read(manuscript)).to.deep.equal({
      titles: [{ value: 'A study: of repositories', language: 'en' }],
      creators: [
        {
          name: 'Pinfield, Stephen',
          family: 'Pinfield',
          given: 'Stephen',
          kind: 'person',
          orcid: '0000-0003-4696-764X',
          affiliation: 'University of Sheffield',
        },
      ],
      contributors: [],
      abstracts: [{ value: 'What was found.', language: 'en' }],
      subjects: [{ value: 'Repositories', language: 'en' }],
      published: '2026-01',
      publisher: 'A Press',
      languages: ['en'],
      type: type('c_6501'),
      version: `${coar}version/c_ab4af688f83e57aa`,
      access: { right: 'embargoed', embargoEnds: '2027-12-01' },
      licence: 'https://creativecommons.org/licenses/by-nc/4.0/',
      identifiers: [
        { scheme: 'handle', value: '20.500.1/5628' },
        { scheme: 'urn', value: 'urn:nbn:de:0183-1' },
      ],
      publishedDoi: '10.1629/15261',
      relations: [
        { kind: 'isVersionOf', target: { scheme: 'doi', value: '10.1629/15261' } },
        { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
      ],
      funding: [
        {
          funder: 'European Commission',
          funderId: 'https://doi.org/10.13039/501100000780',
          award: '643410',
        },
      ],
      source: { title: 'D-Lib Magazine', volume: '9', issue: '3', pages: '1-12' },
      files: [
        {
          url: 'https://repository.example/bitstream/1/a',
          format: 'application/pdf',
          access: 'embargoed',
        },
      ],
      references: [],
    });
  });

  it('reads the same without namespaces', () => {
    const bare = manuscript.replace(/(<\/?)(?:datacite|dc|oaire):/g, '$1');
    expect(oaiOpenaire.read(readXml(`<resource>${bare}</resource>`)).description).to.deep.equal(
      read(manuscript),
    );
  });

  it('reads elements without their lists, and attributes named as OAPEN names them', () => {
    const description = read(
      `<dc:title>Open Climate Book</dc:title><dc:creator>Author, Ada</dc:creator>
       <datacite:contributor type="Editor">Doe, Jane</datacite:contributor>
       <datacite:alternateIdentifier type="DOI">10.1234/oapen</datacite:alternateIdentifier>
       <datacite:date type="Issued">2020</datacite:date>
       <oaire:resourceType>Book</oaire:resourceType>
       <datacite:rights uri="${coar}access_right/c_abf2">x</datacite:rights>
       <oaire:fundingReference><oaire:funderName>Open Fund</oaire:funderName></oaire:fundingReference>`,
    );
    expect(description.titles).to.deep.equal([{ value: 'Open Climate Book' }]);
    expect(description.creators.map(({ name }) => name)).to.deep.equal(['Author, Ada']);
    expect(description.contributors.map(({ name }) => name)).to.deep.equal(['Doe, Jane']);
    expect(identifiers(description)).to.deep.equal(['doi 10.1234/oapen']);
    expect(description.published).to.equal('2020');
    expect(description.type).to.equal(type('c_2f33'));
    expect(description.access).to.deep.equal({ right: 'open' });
    expect(description.funding).to.deep.equal([{ funder: 'Open Fund' }]);
  });

  it('takes concepts by their names where the URI is missing or wrong', () => {
    const {
      type: concept,
      version,
      access,
    } = read(
      `<oaire:resourceType uri="">doctoral thesis</oaire:resourceType><oaire:version uri="x">VoR</oaire:version><datacite:rights>restricted access</datacite:rights>`,
    );
    expect(concept).to.equal(type('c_db06'));
    expect(version).to.equal(`${coar}version/c_970fb48d4fbd8a85`);
    expect(access).to.deep.equal({ right: 'restricted' });
  });

  it('takes the licence that stands in the end, and the date it begins on for an embargo’s end', () => {
    const licences = `<oaire:licenseCondition startDate="2020-01-01" uri="https://publisher.example/license">x</oaire:licenseCondition><oaire:licenseCondition startDate="2027-01-01" uri="http://creativecommons.org/licenses/by/4.0/">CC BY</oaire:licenseCondition>`;
    expect(read(licences).licence).to.equal('https://creativecommons.org/licenses/by/4.0/');
    expect(read(licences)).not.to.have.property('access');
    const embargo = `<datacite:rights rightsURI="${coar}access_right/c_f1cf"/>`;
    expect(read(licences + embargo).access).to.deep.equal({ right: 'embargoed', embargoEnds: '2027-01-01' });
  });

  it('takes no embargo from the dates of what is open', () => {
    const open = `<datacite:rights rightsURI="${coar}access_right/c_abf2"/>`;
    const available =
      '<datacite:dates><datacite:date dateType="Available">2024-03-01</datacite:date></datacite:dates>';
    const { access, published } = read(open + available);
    expect(access).to.deep.equal({ right: 'open' });
    expect(published).to.equal('2024-03-01');
  });

  it('keeps the access right of each file', () => {
    const { access, files } = read(
      `<oaire:file accessRightsURI="${coar}access_right/c_abf2">https://a.example/1.pdf</oaire:file><oaire:file accessRightsURI="${coar}access_right/c_16ec" mimeType="text/csv">https://a.example/2</oaire:file><oaire:file/><oaire:file>main.pdf</oaire:file>`,
    );
    expect(files).to.deep.equal([
      { url: 'https://a.example/1.pdf', format: 'application/pdf', access: 'open' },
      { url: 'https://a.example/2', format: 'text/csv', access: 'restricted' },
    ]);
    expect(access).to.deep.equal({ right: 'open' });
  });

  it('reads a citation that is not apart from dc:source', () => {
    expect(read('<dc:source>Ecology Letters; vol. 4, no. 2; 1-9</dc:source>').source).to.deep.equal({
      title: 'Ecology Letters',
      volume: '4',
      issue: '2',
      pages: '1-9',
    });
  });

  it('makes nothing of empty elements and unknown types', () => {
    const description = read(
      `<datacite:titles><datacite:title/></datacite:titles><datacite:creators><datacite:creator/></datacite:creators><datacite:dates/><oaire:resourceType uri="http://example.org/x">thing</oaire:resourceType><datacite:identifier identifierType="URL"/><oaire:licenseCondition/><oaire:version/><dc:language/><dc:publisher> </dc:publisher><datacite:relatedIdentifiers><datacite:relatedIdentifier relationType="IsMadOf" relatedIdentifierType="DOI">10.1000/1</datacite:relatedIdentifier></datacite:relatedIdentifiers>`,
    );
    expect(relations(description)).to.deep.equal(['isVersionOf doi 10.1000/1']);
    expect({ ...description, relations: [], publishedDoi: '' }).to.deep.equal({
      titles: [],
      creators: [],
      contributors: [],
      abstracts: [],
      subjects: [],
      languages: [],
      identifiers: [],
      publishedDoi: '',
      relations: [],
      funding: [],
      files: [],
      references: [],
    });
  });
});
