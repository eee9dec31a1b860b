import { access, description, funding, publication } from '../rules/index.ts';
import type { Profile } from '../rule.ts';

/**
 * RIOXX 3.0, https://www.rioxx.net/profiles/v3-0-final/. The profile has no levels of its own; as with 2.0, *Basic* is the
 * less strict one: what is mandatory. *Full* is also what the profile says SHOULD be there (dc:relation,
 * rioxxterms:ext_relation) and the elements that it recommends. Advice on the form of values decides at neither level.
 *
 * rioxxterms:project, rioxxterms:record_public_release_date, dc:coverage and dates of deposit, all optional, have no place in
 * the node's records and are not judged.
 */
export const rioxx3: Profile = {
  id: 'rioxx-3.0',
  name: 'RIOXX 3.0',
  described: 'https://www.rioxx.net/profiles/v3-0-final/',
  decides: { basic: ['mandatory', 'applicable'], full: ['mandatory', 'applicable', 'recommended'] },
  demands: [
    { element: 'dc:title', cardinality: '1', requirement: 'mandatory', rule: description.singleTitle },
    { element: 'dc:identifier', cardinality: '1', requirement: 'mandatory', rule: access.landingPage },
    {
      element: 'rioxxterms:creator',
      cardinality: '1..n',
      requirement: 'mandatory',
      rule: description.creator,
    },
    { element: 'dc:language', cardinality: '1..n', requirement: 'mandatory', rule: description.language },
    { element: 'dc:type', cardinality: '1..n', requirement: 'mandatory', rule: description.type },
    { element: 'ali:license_ref', cardinality: '1..n', requirement: 'mandatory', rule: access.licence },
    {
      element: 'ali:license_ref/@start_date',
      cardinality: '1',
      requirement: 'applicable',
      rule: access.licenceStartDate,
    },
    { element: 'dc:source', cardinality: '0..1', requirement: 'applicable', rule: publication.source },
    // Optional, but who gives a grant MUST give its number and its funder.
    { element: 'rioxxterms:grant', cardinality: '0..n', requirement: 'applicable', rule: funding.complete },
    {
      element: 'dc:relation[@rel="item"]',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: access.file,
    },
    {
      element: 'rioxxterms:ext_relation',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: publication.publishedVersion,
    },
    {
      element: 'dcterms:dateAccepted',
      cardinality: '1',
      requirement: 'recommended',
      rule: publication.acceptedDate,
    },
    {
      element: 'rioxxterms:publisher',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: publication.publisher,
    },
    {
      element: 'dc:description',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: description.abstract,
    },
    { element: 'dc:subject', cardinality: '0..n', requirement: 'recommended', rule: description.subject },
    {
      element: 'dc:relation[@rel="cite-as"]',
      cardinality: '0..n',
      requirement: 'optional',
      rule: access.persistent,
    },
    { element: 'dc:relation/@type', cardinality: '0..1', requirement: 'optional', rule: access.format },
    {
      element: 'dc:relation/@access_rights',
      cardinality: '0..1',
      requirement: 'optional',
      rule: access.right,
    },
    {
      element: 'dc:relation/@resource_exposed_date',
      cardinality: '0..1',
      requirement: 'optional',
      rule: access.embargo,
    },
    {
      element: 'dc:relation/@coar_version',
      cardinality: '0..1',
      requirement: 'optional',
      rule: publication.version,
    },
    {
      element: 'rioxxterms:creator/rioxxterms:id',
      cardinality: '0..n',
      requirement: 'optional',
      rule: description.creatorIdentifier,
    },
    {
      element: 'rioxxterms:grant/@funder_id',
      cardinality: '0..1',
      requirement: 'optional',
      rule: funding.funderIdentifier,
    },
    {
      element: 'dc:source',
      cardinality: '0..1',
      requirement: 'optional',
      rule: publication.sourceIdentifier,
    },
    {
      element: 'rioxxterms:publication_date',
      cardinality: '0..1',
      requirement: 'optional',
      rule: publication.date,
    },
  ],
};
