import { type CoarConcept, ConceptIndex } from './concept.ts';

export interface VersionConcept extends CoarConcept {
  /** NISO RP-8-2008 (JAV) abbreviation, as RIOXX and OpenAIRE 4 write it. */
  readonly abbreviation: 'AO' | 'SMUR' | 'AM' | 'P' | 'VoR' | 'CVoR' | 'EVoR' | 'NA';
}

const base = 'http://purl.org/coar/version/';

/** COAR Version Types 1.0: all eight concepts, from the first draft on. */
const concepts: readonly VersionConcept[] = [
  {
    abbreviation: 'AO',
    uri: `${base}c_b1a7d7d4d402bcce`,
    labels: {
      en: "author's original",
      es: 'versión original del autor',
      pt: 'versão original do autor',
      fr: "version originale de l'auteur",
    },
  },
  {
    abbreviation: 'SMUR',
    uri: `${base}c_71e4c1898caa6e32`,
    labels: {
      en: 'submitted manuscript under review',
      es: 'manuscrito sometido a revisión',
      pt: 'manuscrito submetido em avaliação',
      fr: "manuscrit soumis en cours d'évaluation",
    },
  },
  {
    abbreviation: 'AM',
    uri: `${base}c_ab4af688f83e57aa`,
    labels: {
      en: 'accepted manuscript',
      es: 'manuscrito aceptado',
      pt: 'manuscrito aceite',
      fr: 'manuscrit accepté',
    },
  },
  {
    abbreviation: 'P',
    uri: `${base}c_fa2ee174bc00049f`,
    labels: { en: 'proof', es: 'prueba de imprenta', pt: 'prova tipográfica', fr: 'épreuve' },
  },
  {
    abbreviation: 'VoR',
    uri: `${base}c_970fb48d4fbd8a85`,
    labels: {
      en: 'version of record',
      es: 'versión publicada',
      pt: 'versão publicada',
      fr: 'version publiée',
    },
  },
  {
    abbreviation: 'CVoR',
    uri: `${base}c_e19f295774971610`,
    labels: {
      en: 'corrected version of record',
      es: 'versión publicada corregida',
      pt: 'versão publicada corrigida',
      fr: 'version publiée corrigée',
    },
  },
  {
    abbreviation: 'EVoR',
    uri: `${base}c_dc82b40f9837b551`,
    labels: {
      en: 'enhanced version of record',
      es: 'versión publicada mejorada',
      pt: 'versão publicada melhorada',
      fr: 'version publiée enrichie',
    },
  },
  {
    abbreviation: 'NA',
    uri: `${base}c_be7fb7dd8ff6fe43`,
    labels: {
      en: 'not applicable (or unknown)',
      es: 'no aplicable (o desconocida)',
      pt: 'não aplicável (ou desconhecida)',
      fr: 'sans objet (ou inconnue)',
    },
  },
];

/** What repositories write, besides the labels: info:eu-repo terms, JAV abbreviations, free text. */
const forms: Readonly<Record<string, readonly string[]>> = {
  [`${base}c_b1a7d7d4d402bcce`]: [
    'AO',
    'draft',
    'draftVersion',
    'preprint version',
    'pre-print version',
    'borrador',
    'rascunho',
    'brouillon',
    'Entwurf',
  ],
  [`${base}c_71e4c1898caa6e32`]: [
    'SMUR',
    'submittedVersion',
    'submitted manuscript',
    'versión enviada',
    'versión sometida',
    'versão submetida',
    'version soumise',
    'submitted',
    'submitted version',
    'under review',
    'eingereichte Version',
    'eingereichtes Manuskript',
  ],
  [`${base}c_ab4af688f83e57aa`]: [
    'AM',
    'acceptedVersion',
    'AAM',
    "author's accepted manuscript",
    'author accepted manuscript',
    'peer reviewed version',
    'postprint',
    'post-print',
    'final draft',
    'versión aceptada',
    'versión final del autor',
    'versão aceita',
    'versão aceite',
    'version acceptée',
    'accepted',
    'accepted version',
    "author's final draft",
    "author's version",
    'author version',
    'author post-print',
    'final accepted version',
    'manuscrit auteur',
    'manuscrito aceptado para publicación',
    'versión del autor',
    'versão do autor',
    'akzeptierte Version',
    'akzeptiertes Manuskript',
    'angenommene Version',
  ],
  [`${base}c_fa2ee174bc00049f`]: ['P', 'galley proof', 'proofs', 'prueba de galera', 'prova'],
  [`${base}c_970fb48d4fbd8a85`]: [
    'VoR',
    'publishedVersion',
    "publisher's version",
    'publisher version',
    "publisher's PDF",
    'versión del editor',
    'versión editorial',
    'versão do editor',
    "version de l'éditeur",
    'published',
    'published version',
    'final published version',
    'publisher PDF',
    'publisher typeset',
    'version éditeur',
    'versión final publicada',
    'veröffentlichte Version',
    'Verlagsversion',
    'Verlags-PDF',
  ],
  [`${base}c_e19f295774971610`]: ['CVoR', 'updatedVersion', 'updated version', 'corrected version'],
  [`${base}c_dc82b40f9837b551`]: ['EVoR', 'enhanced version'],
  [`${base}c_be7fb7dd8ff6fe43`]: [
    'NA',
    'not applicable',
    'unknown',
    'not known',
    'no aplica',
    'não se aplica',
  ],
};

export const versions = new ConceptIndex(concepts, forms);
