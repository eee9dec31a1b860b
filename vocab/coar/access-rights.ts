import type { AccessRight } from '../record.ts';
import { type CoarConcept, ConceptIndex } from './concept.ts';

export interface AccessRightConcept extends CoarConcept {
  /** Our name for it, as in `Access.right`. */
  readonly right: AccessRight;
}

const base = 'http://purl.org/coar/access_right/';

/** COAR Access Rights 1.0: all four concepts. */
const concepts: readonly AccessRightConcept[] = [
  {
    right: 'open',
    uri: `${base}c_abf2`,
    labels: { en: 'open access', es: 'acceso abierto', pt: 'acesso aberto', fr: 'accès libre' },
  },
  {
    right: 'embargoed',
    uri: `${base}c_f1cf`,
    labels: {
      en: 'embargoed access',
      es: 'acceso embargado',
      pt: 'acesso embargado',
      fr: 'accès sous embargo',
    },
  },
  {
    right: 'restricted',
    uri: `${base}c_16ec`,
    labels: {
      en: 'restricted access',
      es: 'acceso restringido',
      pt: 'acesso restrito',
      fr: 'accès restreint',
    },
  },
  {
    right: 'metadata-only',
    uri: `${base}c_14cb`,
    labels: {
      en: 'metadata only access',
      es: 'acceso solo a metadatos',
      pt: 'acesso apenas aos metadados',
      fr: 'accès aux seules métadonnées',
    },
  },
];

/** What repositories write, besides the labels. OpenAIRE maps closedAccess to metadata only access. */
const forms: Readonly<Record<string, readonly string[]>> = {
  [`${base}c_abf2`]: [
    'openAccess',
    'open',
    'public',
    'free access',
    'freely available',
    'unrestricted',
    'libre accès',
    'accès ouvert',
    'acesso livre',
    'acceso libre',
  ],
  [`${base}c_f1cf`]: [
    'embargoedAccess',
    'embargo',
    'embargoed',
    'embargado',
    'sous embargo',
    'acceso con embargo',
  ],
  [`${base}c_16ec`]: [
    'restrictedAccess',
    'restricted',
    'restringido',
    'restrito',
    'restreint',
    'campus access',
    'registered users only',
    'repository staff only',
  ],
  [`${base}c_14cb`]: [
    'closedAccess',
    'metadataOnlyAccess',
    'closed',
    'metadata only',
    'solo metadatos',
    'acceso cerrado',
    'acesso fechado',
    'accès fermé',
  ],
};

export const accessRights = new ConceptIndex(concepts, forms);

/** The concept's URI for a right as our records have it. */
export function accessRightUri(right: AccessRight): string {
  return concepts.find((concept) => concept.right === right)!.uri;
}
