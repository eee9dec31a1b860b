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
    'open access (OA)',
    'gold open access',
    'green open access',
    'libre',
    'abierto',
    'aberto',
    'accesible en línea',
    'texto completo abierto',
    'offener Zugang',
    'freier Zugang',
    'frei zugänglich',
    'world readable',
    'everyone',
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
    'embargoed until',
    'período de embargo',
    'temporary embargo',
    'embargo temporal',
    'accès différé',
    'Zugang mit Sperrfrist',
    'gesperrt bis',
  ],
  [`${base}c_16ec`]: [
    'restrictedAccess',
    'restricted',
    'restringido',
    'restrito',
    'restreint',
    'campus access',
    'registered users only',
    'registered users',
    'validuser',
    'repository staff only',
    'staffonly',
    'institution only',
    'university network only',
    'restricted to campus',
    'on campus only',
    'limited access',
    'acceso limitado',
    'acesso limitado',
    'sólo usuarios registrados',
    'accès réservé',
    'accès limité',
    'eingeschränkter Zugang',
    'beschränkter Zugang',
    'nur für registrierte Nutzer',
  ],
  [`${base}c_14cb`]: [
    'closedAccess',
    'metadataOnlyAccess',
    'closed',
    'metadata only',
    'solo metadatos',
    'cerrado',
    'fechado',
    'no full text',
    'no fulltext',
    'none public',
    'sin texto completo',
    'somente metadados',
    'métadonnées seules',
    'geschlossener Zugang',
    'nur Metadaten',
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
