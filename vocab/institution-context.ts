import { link, links, set, type Context } from './context-terms.ts';

/** An institution and its repositories, as their node tells of them. */
export const institution: Context = {
  institution: {
    '@id': 'dcterms:publisher',
    '@context': {
      Organization: 'schema:Organization',
      ContactPoint: 'schema:ContactPoint',
      ImageObject: 'schema:ImageObject',
      PostalAddress: 'schema:PostalAddress',
      name: 'schema:name',
      names: set('schema:name', { value: '@value', language: '@language' }),
      description: 'schema:description',
      logo: 'schema:logo',
      encodingFormat: 'schema:encodingFormat',
      width: 'schema:width',
      height: 'schema:height',
      contactPoints: set('schema:contactPoint'),
      contactType: 'schema:contactType',
      email: 'schema:email',
      url: link('schema:url'),
      address: 'schema:address',
      addressCountry: 'schema:addressCountry',
      addressRegion: 'schema:addressRegion',
    },
  },
  /** Where the records come from. */
  repositories: set('dcterms:source', {
    WebSite: 'schema:WebSite',
    DataCatalog: 'schema:DataCatalog',
    PropertyValue: 'schema:PropertyValue',
    name: 'schema:name',
    platform: 'ngr:platform',
    oaiBaseUrl: link('dcat:endpointURL'),
    identifiers: set('schema:identifier'),
    propertyID: 'schema:propertyID',
    value: 'schema:value',
    url: link('schema:url'),
    sameAs: links('schema:sameAs'),
  }),
};
