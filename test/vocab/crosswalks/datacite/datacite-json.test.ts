import { expect } from 'chai';
import { dataciteJson } from '../../../../vocab/crosswalks/datacite/index.ts';
import { type } from '../dublin-core.ts';

describe('the crosswalk of DataCite JSON', () => {
  const attributes = {
    doi: '10.5438/4k3m-nyvg',
    identifiers: [{ identifierType: 'URN', identifier: 'urn:nbn:de:0183-1' }],
    alternateIdentifiers: [],
    creators: [
      {
        name: 'Fenner, Martin',
        nameType: 'Personal',
        givenName: 'Martin',
        familyName: 'Fenner',
        affiliation: [
          {
            name: 'DataCite',
            affiliationIdentifier: 'https://ror.org/04wxnsj81',
            affiliationIdentifierScheme: 'ROR',
          },
        ],
        nameIdentifiers: [
          {
            schemeUri: 'https://orcid.org',
            nameIdentifier: 'https://orcid.org/0000-0003-1419-2405',
            nameIdentifierScheme: 'ORCID',
          },
        ],
      },
      { name: 'DataCite', nameType: 'Organizational', affiliation: ['Somewhere'], nameIdentifiers: [] },
      { type: 'Person', id: 'http://orcid.org/0000-0002-1825-0097', name: 'Carberry, Josiah' },
    ],
    titles: [
      { lang: 'en', title: 'Eating your own Dog Food', titleType: null },
      { title: 'A test', titleType: 'Subtitle' },
    ],
    publisher: { name: 'DataCite', publisherIdentifier: 'https://ror.org/04wxnsj81' },
    container: {
      type: 'Journal',
      identifier: '1082-9873',
      identifierType: 'ISSN',
      title: 'DataCite Blog',
      volume: '1',
      firstPage: '2',
      lastPage: '3',
    },
    publicationYear: 2016,
    subjects: [{ subject: 'datacite' }, { lang: 'en', subject: 'doi' }],
    contributors: [
      { name: 'Doe, Jane', contributorType: 'Editor' },
      { name: 'CERN', contributorType: 'HostingInstitution' },
    ],
    dates: [
      { date: '2016-12-20', dateType: 'Issued' },
      { date: '2016-12-21', dateType: 'Updated' },
    ],
    language: 'en',
    types: {
      ris: 'RPRT',
      resourceTypeGeneral: 'Text',
      resourceType: 'BlogPosting',
      schemaOrg: 'ScholarlyArticle',
    },
    relatedIdentifiers: [
      { relationType: 'References', relatedIdentifier: '10.5438/0012', relatedIdentifierType: 'DOI' },
    ],
    relatedItems: [
      {
        relationType: 'Cites',
        titles: [{ title: 'A Book' }],
        publicationYear: 1999,
        relatedItemIdentifier: { relatedItemIdentifier: '10.1000/1', relatedItemIdentifierType: 'DOI' },
      },
    ],
    sizes: ['15 pages'],
    formats: ['application/pdf'],
    version: '1.0',
    rightsList: [
      {
        rights: 'CC BY',
        rightsUri: 'https://creativecommons.org/licenses/by/4.0/legalcode',
        rightsIdentifier: 'cc-by-4.0',
      },
    ],
    descriptions: [{ description: 'Abstract text.', descriptionType: 'Abstract' }],
    fundingReferences: [
      {
        funderName: 'European Commission',
        funderIdentifier: 'https://doi.org/10.13039/501100000780',
        funderIdentifierType: 'Crossref Funder ID',
        awardNumber: '654039',
        awardUri: 'https://cordis.europa.eu/1',
      },
    ],
    url: 'https://blog.datacite.org/eating-your-own-dog-food/',
    contentUrl: ['https://blog.datacite.org/1.pdf', null],
    geoLocations: [{ geoLocationPlace: 'Here' }],
  };

  it('reads the attributes of the REST API, plain and wrapped', () => {
    const { description, repairs } = dataciteJson.read(attributes);
    expect(description).to.deep.equal({
      titles: [{ value: 'Eating your own Dog Food: A test', language: 'en' }],
      creators: [
        {
          name: 'Fenner, Martin',
          family: 'Fenner',
          given: 'Martin',
          kind: 'person',
          orcid: '0000-0003-1419-2405',
          affiliation: 'DataCite',
          ror: 'https://ror.org/04wxnsj81',
        },
        { name: 'DataCite', kind: 'organisation', affiliation: 'Somewhere' },
        {
          name: 'Carberry, Josiah',
          family: 'Carberry',
          given: 'Josiah',
          kind: 'person',
          orcid: '0000-0002-1825-0097',
        },
      ],
      contributors: [{ name: 'Doe, Jane', family: 'Doe', given: 'Jane', kind: 'person' }],
      abstracts: [{ value: 'Abstract text.' }],
      subjects: [{ value: 'datacite' }, { value: 'doi', language: 'en' }],
      published: '2016-12-20',
      publisher: 'DataCite',
      languages: ['en'],
      type: type('c_18cf'),
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      identifiers: [
        { scheme: 'urn', value: 'urn:nbn:de:0183-1' },
        { scheme: 'doi', value: '10.5438/4k3m-nyvg' },
        { scheme: 'url', value: 'https://blog.datacite.org/eating-your-own-dog-food/' },
      ],
      publishedDoi: '10.5438/4k3m-nyvg',
      relations: [
        { kind: 'references', target: { scheme: 'doi', value: '10.5438/0012' } },
        { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
      ],
      funding: [
        {
          funder: 'European Commission',
          funderId: 'https://doi.org/10.13039/501100000780',
          award: '654039',
        },
      ],
      source: { title: 'DataCite Blog', volume: '1', pages: '2-3' },
      files: [{ url: 'https://blog.datacite.org/1.pdf', format: 'application/pdf', access: 'open' }],
      references: [
        {
          text: '1999, A Book',
          identifier: { scheme: 'doi', value: '10.1000/1' },
          title: 'A Book',
          year: '1999',
        },
      ],
    });
    expect(repairs).to.deep.equal([]);
    for (const wrapped of [
      { data: { id: '10.5438/4k3m-nyvg', type: 'dois', attributes } },
      { data: [{ attributes }, { attributes: {} }] },
      { attributes },
    ])
      expect(dataciteJson.read(wrapped).description).to.deep.equal(description);
  });

  it('bears what is not as it should be', () => {
    const odd: unknown[] = [
      null,
      1,
      'x',
      [],
      {},
      [null],
      [1],
      ['x'],
      [[]],
      [{}],
      { name: 'x' },
      [{ title: {} }],
    ];
    for (const key of Object.keys(attributes)) {
      for (const value of odd) {
        const { titles } = dataciteJson.read({ ...attributes, [key]: value }).description;
        expect(titles).to.be.an('array');
      }
    }
    for (const fields of [{}, { data: null }, { data: [] }, { data: { attributes: null } }, { data: 1 }])
      expect(dataciteJson.read(fields).description.titles).to.deep.equal([]);
  });
});
