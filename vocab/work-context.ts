import { link, literalOf, set, type Context } from './context-terms.ts';

/** What the records of a work are to one another, and which of them to read. */
export const work: Context = {
  workKind: 'ngr:workKind',
  /** Of a record: how far its version is on the way to publication. */
  stage: 'ngr:versionStage',
  canonicalIdentifier: link('iana:cite-as'),
  bestOpenCopy: {
    '@id': 'ngr:bestOpenCopy',
    '@context': { record: link('ngr:record'), reachable: 'ngr:reachable' },
  },
  statements: link('ngr:statements'),
  /** Two records held against one another, with what follows from it. */
  Comparison: 'ngr:Comparison',
  verdict: 'ngr:verdict',
  bits: literalOf('ngr:bits', 'xsd:double'),
  needed: literalOf('ngr:neededBits', 'xsd:double'),
  statement: 'ngr:statement',
  path: { '@id': 'ngr:path', '@type': '@id', '@container': '@list' },
  evidence: set('ngr:evidence', {
    feature: 'ngr:feature',
    level: 'ngr:level',
    compared: { '@id': 'ngr:compared', '@container': '@list' },
  }),
  vetoes: set('ngr:veto', {
    veto: 'ngr:vetoKind',
    compared: { '@id': 'ngr:compared', '@container': '@list' },
  }),
};

/**
 * What a node's manager says of two records: a triple that is talked about and not asserted (RDF Schema 1.1, section 5.3),
 * so that it stays the statement of whoever made it.
 */
export const statement: Context = {
  Statement: 'rdf:Statement',
  subject: link('rdf:subject'),
  predicate: { '@id': 'rdf:predicate', '@type': '@vocab' },
  object: link('rdf:object'),
  sameWorkAs: 'ngr:sameWorkAs',
  notSameWorkAs: 'ngr:notSameWorkAs',
  statedBy: link('prov:wasAttributedTo'),
  role: 'ngr:role',
  statedAt: literalOf('prov:generatedAtTime', 'xsd:dateTime'),
};
