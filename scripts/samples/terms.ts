/**
 * One thing under the names that repositories give it: types of work, access rights, versions, licences.
 *
 * COAR URIs are those of the Resource Type, Access Right and Version vocabularies; DRIVER terms those of
 * info:eu-repo/semantics; the others are the labels of the software that is imitated.
 */
import type { Holding, Manner, WorkType } from './tables.ts';

const coarType = 'http://purl.org/coar/resource_type/';
const coarAccess = 'http://purl.org/coar/access_right/';
const coarVersion = 'http://purl.org/coar/version/';
const euRepo = 'info:eu-repo/semantics/';

interface TypeTerms {
  coar: { uri: string; label: string };
  driver: string;
  eprints: string;
  opus: string;
  es: string;
  de: string;
}

function typeTerms(
  concept: string,
  label: string,
  driver: string,
  others: Omit<TypeTerms, 'coar' | 'driver'>,
): TypeTerms {
  return { coar: { uri: coarType + concept, label }, driver: euRepo + driver, ...others };
}

// prettier-ignore
export const typesOfWork: Record<WorkType, TypeTerms> = {
  article: typeTerms('c_6501', 'journal article', 'article', { eprints: 'Article', opus: 'article', es: 'Artículo', de: 'Wissenschaftlicher Artikel' }),
  book: typeTerms('c_2f33', 'book', 'book', { eprints: 'Book', opus: 'book', es: 'Libro', de: 'Buch (Monographie)' }),
  chapter: typeTerms('c_3248', 'book part', 'bookPart', { eprints: 'Book Section', opus: 'bookpart', es: 'Capítulo de libro', de: 'Teil eines Buches (Kapitel)' }),
  'conference paper': typeTerms('c_5794', 'conference paper', 'conferenceObject', { eprints: 'Conference or Workshop Item', opus: 'conferenceobject', es: 'Ponencia', de: 'Konferenzveröffentlichung' }),
  presentation: typeTerms('c_c94f', 'conference object', 'conferenceObject', { eprints: 'Conference or Workshop Item', opus: 'conferenceobject', es: 'Presentación', de: 'Vortrag' }),
  report: typeTerms('c_93fc', 'report', 'report', { eprints: 'Monograph', opus: 'report', es: 'Informe', de: 'Bericht' }),
  'news article': typeTerms('c_998f', 'newspaper article', 'contributionToPeriodical', { eprints: 'Article', opus: 'contributiontoperiodical', es: 'Artículo de prensa', de: 'Beitrag zu einem Periodikum' }),
  'blog post': typeTerms('c_6947', 'blog post', 'other', { eprints: 'Other', opus: 'other', es: 'Entrada de blog', de: 'Sonstiges' }),
  'web page': typeTerms('c_7ad9', 'website', 'other', { eprints: 'Other', opus: 'other', es: 'Página web', de: 'Sonstiges' }),
  'learning object': typeTerms('c_e059', 'learning object', 'other', { eprints: 'Teaching Resource', opus: 'coursematerial', es: 'Recurso educativo', de: 'Lehrmaterial' }),
};

export const accessRights: Record<
  Holding['access'],
  { uri: string; label: string; driver: string; es: string }
> = {
  open: {
    uri: `${coarAccess}c_abf2`,
    label: 'open access',
    driver: `${euRepo}openAccess`,
    es: 'Acceso abierto',
  },
  embargoed: {
    uri: `${coarAccess}c_f1cf`,
    label: 'embargoed access',
    driver: `${euRepo}embargoedAccess`,
    es: 'Acceso embargado',
  },
  restricted: {
    uri: `${coarAccess}c_16ec`,
    label: 'restricted access',
    driver: `${euRepo}restrictedAccess`,
    es: 'Acceso restringido',
  },
  'metadata-only': {
    uri: `${coarAccess}c_14cb`,
    label: 'metadata only access',
    driver: `${euRepo}closedAccess`,
    es: 'Acceso cerrado',
  },
};

export const versions: Record<Manner['version'], { uri: string; driver: string }> = {
  AO: { uri: `${coarVersion}c_b1a7d7d4d402bcce`, driver: `${euRepo}draft` },
  SMUR: { uri: `${coarVersion}c_71e4c1898caa6e32`, driver: `${euRepo}submittedVersion` },
  AM: { uri: `${coarVersion}c_ab4af688f83e57aa`, driver: `${euRepo}acceptedVersion` },
  VoR: { uri: `${coarVersion}c_970fb48d4fbd8a85`, driver: `${euRepo}publishedVersion` },
};

/** By the URI in the tables. `code` is what EPrints stores. */
export const licences: Record<string, { name: string; code: string }> = {
  'https://creativecommons.org/licenses/by/4.0/': {
    name: 'Creative Commons Attribution 4.0 International',
    code: 'cc_by_4',
  },
  'https://creativecommons.org/licenses/by/2.0/': {
    name: 'Creative Commons Attribution 2.0 Generic',
    code: 'cc_by',
  },
  'https://creativecommons.org/licenses/by-nc-nd/3.0/': {
    name: 'Creative Commons Attribution-NonCommercial-NoDerivs 3.0 Unported',
    code: 'cc_by_nc_nd',
  },
  'https://creativecommons.org/licenses/by-sa/3.0/igo/': {
    name: 'Creative Commons Attribution-ShareAlike 3.0 IGO',
    code: 'cc_by_sa',
  },
  'https://rightsstatements.org/vocab/InC/1.0/': { name: 'In Copyright', code: 'copyright' },
};
