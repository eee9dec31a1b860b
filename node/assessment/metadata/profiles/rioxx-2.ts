import { access, description, funding, publication } from '../rules/index.ts';
import type { Profile } from '../rule.ts';

/**
 * RIOXX 2.0. *Basic* is the profile https://www.rioxx.net/rioxx_basic_v2-0/, *Full* the one that the research councils
 * approved, https://www.rioxx.net/profiles/v2-0-final/: the same elements, of which the full profile makes six mandatory that
 * the basic one recommends. A record meets a level where it has what is mandatory there.
 *
 * Charges (rioxxterms:apc) and dc:coverage, both optional, have no place in the node's records and are not judged.
 */
export const rioxx2: Profile = {
  id: 'rioxx-2.0',
  name: 'RIOXX 2.0',
  described: 'https://www.rioxx.net/profiles/v2-0-final/',
  decides: { basic: ['mandatory', 'applicable'], full: ['mandatory', 'applicable'] },
  demands: [
    { element: 'dc:title', cardinality: '1', requirement: 'mandatory', rule: description.singleTitle },
    { element: 'dc:identifier', cardinality: '1', requirement: 'mandatory', rule: access.address },
    {
      element: 'rioxxterms:author',
      cardinality: '1..n',
      requirement: 'mandatory',
      rule: description.creator,
    },
    { element: 'dc:source', cardinality: '0..1', requirement: 'applicable', rule: publication.source },
    {
      element: 'dcterms:dateAccepted',
      cardinality: '1',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: publication.accepted,
    },
    {
      element: 'dc:language',
      cardinality: '1..n',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: description.language,
    },
    {
      element: 'rioxxterms:type',
      cardinality: '1..n',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: description.type,
    },
    {
      element: 'rioxxterms:version',
      cardinality: '1',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: publication.version,
    },
    {
      element: 'rioxxterms:project',
      cardinality: '1..n',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: funding.project,
    },
    // Whoever gives a project MUST give its number and its funder, in the basic profile too.
    { element: 'rioxxterms:project', cardinality: '1..n', requirement: 'applicable', rule: funding.complete },
    {
      element: 'ali:license_ref',
      cardinality: '1..n',
      requirement: { basic: 'recommended', full: 'mandatory' },
      rule: access.licence,
    },
    // So too the day from which on a licence holds.
    {
      element: 'ali:license_ref/@start_date',
      cardinality: '1',
      requirement: 'applicable',
      rule: access.licenceStart,
    },
    {
      element: 'rioxxterms:version_of_record',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: publication.publishedVersion,
    },
    { element: 'dc:publisher', cardinality: '0..n', requirement: 'recommended', rule: publication.publisher },
    {
      element: 'dc:description',
      cardinality: '0..n',
      requirement: 'recommended',
      rule: description.abstract,
    },
    { element: 'dc:subject', cardinality: '0..n', requirement: 'recommended', rule: description.subject },
    { element: 'dc:format', cardinality: '0..n', requirement: 'recommended', rule: access.format },
    {
      element: 'rioxxterms:author',
      cardinality: '1..n',
      requirement: 'recommended',
      rule: description.creatorForm,
    },
    {
      element: 'rioxxterms:author/@id',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: description.creatorIdentifier,
    },
    {
      element: 'rioxxterms:project/@funder_id',
      cardinality: '0..1',
      requirement: 'recommended',
      rule: funding.funderIdentifier,
    },
    {
      element: 'dc:source',
      cardinality: '0..1',
      requirement: 'recommended',
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
