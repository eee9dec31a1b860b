import { link, literalOf, set, type Context } from './context-terms.ts';

/** An institution's open access policy, in the elements and codes of the COAR policy framework (`oa-policy/`). */
export const policy: Context = {
  OpenAccessPolicy: 'ngr:OpenAccessPolicy',
  updated: literalOf('dcterms:modified', 'xsd:dateTime'),
  elements: set('ngr:policyElement', {
    element: 'ngr:policyElementName',
    codes: set('ngr:policyCode', { code: 'dcterms:identifier', label: 'rdfs:label' }),
    statement: 'dcterms:description',
  }),
  page: link('foaf:page'),
  since: literalOf('dcterms:valid', 'xsd:date'),
};
