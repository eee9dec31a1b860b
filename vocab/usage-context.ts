import { link, literalOf, set, type Context } from './context-terms.ts';

/** What one row of counts is of. */
const parts: Context = {
  nodes: literalOf('ngr:nodes', 'xsd:nonNegativeInteger'),
  language: 'schema:inLanguage',
  record: link('ngr:record'),
};

/**
 * Usage counts in the sense of COUNTER's Code of Practice 5.1 (§3.3.4): total and unique investigations of items, and
 * requests of their content.
 */
export const usage: Context = {
  UsageTotals: 'ngr:UsageTotals',
  /** What one node told of one month; `summaries` are several. */
  UsageSummary: {
    '@id': 'ngr:UsageSummary',
    '@context': {
      top: set('ngr:mostUsed', parts),
      why: 'ngr:apartBecause',
      works: link('ngr:usageOfWorks'),
      worksTold: { '@id': 'ngr:worksTold', '@context': { held: 'ngr:worksHeld', sha256: 'ngr:sha256' } },
      daysCovered: {
        '@id': 'ngr:daysCovered',
        '@context': {
          first: literalOf('ngr:firstDay', 'xsd:date'),
          last: literalOf('ngr:lastDay', 'xsd:date'),
        },
      },
      signed: literalOf('ngr:signedBytes', 'xsd:base64Binary'),
    },
  },
  UsageSummaries: 'ngr:UsageSummaries',
  summaries: set('ngr:usageSummary'),
  /** Of the items of one summary: by the hashes of their identifiers. */
  UsageOfWorks: {
    '@id': 'ngr:UsageOfWorks',
    '@context': {
      summary: link('ngr:usageSummary'),
      items: set('ngr:usageOfWork'),
      item: literalOf('ngr:itemNumber', 'xsd:nonNegativeInteger'),
      identifierHash: 'ngr:identifierHash',
    },
  },
  /** The record that counts are of. */
  usageOf: link('ngr:usageOf'),
  from: literalOf('ngr:fromMonth', 'xsd:gYearMonth'),
  to: literalOf('ngr:toMonth', 'xsd:gYearMonth'),
  month: literalOf('ngr:month', 'xsd:gYearMonth'),
  investigations: 'ngr:investigations',
  uniqueInvestigations: 'ngr:uniqueInvestigations',
  requests: 'ngr:requests',
  uniqueRequests: 'ngr:uniqueRequests',
  /** By machines: in none of the other figures. */
  robots: 'ngr:usageByRobots',
  /** From addresses of the institution itself: in none of the other figures. */
  internal: literalOf('ngr:internalUses', 'xsd:nonNegativeInteger'),
  byMonth: set('ngr:byMonth', parts),
  byNode: set('ngr:byNode'),
  /** Where the institutions are. */
  byCountry: set('ngr:byCountry'),
  byType: set('ngr:byType'),
  byLanguage: set('ngr:byLanguage', parts),
  /** Where the readers are. */
  byUserCountry: set('ngr:byUserCountry'),
  /** Of the node's own records. */
  own: { '@id': 'ngr:ownUsage', '@context': { top: set('ngr:mostUsed', parts) } },
  /** Of the copies of a record's work. */
  copies: {
    '@id': 'ngr:usageOfCopies',
    '@context': {
      summariesSearched: literalOf('ngr:summariesSearched', 'xsd:nonNegativeInteger'),
      summariesMissing: literalOf('ngr:summariesMissing', 'xsd:nonNegativeInteger'),
    },
  },
  coverage: set('ngr:coverage'),
  revision: 'ngr:revision',
  isFinal: 'ngr:isFinal',
  isApart: 'ngr:isApart',
  /** Months between the first and the last of which a node has told nothing. */
  gaps: { '@id': 'ngr:monthThatLacks', '@type': 'xsd:gYearMonth', '@container': '@set' },
  /** What is in none of the sums: out of all proportion to the records, or refused by the operator. */
  apart: {
    '@id': 'ngr:apart',
    '@context': {
      why: 'ngr:apartBecause',
      furthest: 'ngr:outOfProportion',
      measure: 'ngr:measure',
      perRecord: 'ngr:perRecord',
      usual: 'ngr:usualPerRecord',
    },
  },
};
