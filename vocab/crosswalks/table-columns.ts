import { foldedForm, remembered } from '../cleaning/index.ts';

/**
 * How the columns of tables are called: by DSpace's metadata export and EPrints, reference managers and databases
 * (Zotero, Scopus), and people, in English, Spanish, Portuguese and French. Case, accents, punctuation and a leading
 * `dc.` or `dcterms.` do not matter.
 */
const names = {
  // Which record it is, when it changed, and where it belongs
  oai: 'oai identifier, oai, oai id, header identifier',
  id: 'id, identifier, eprintid, key, uuid, record id, item id, id registro',
  changed:
    'datestamp, lastmod, last modified, modified, date modified, updated, updated at, date updated, date last modified, last update, fecha modificacion, data modificacao',
  accessioned: 'date accessioned, date added, created at',
  set: 'set, sets, set spec',
  collection: 'collection, owning collection',

  // What it is
  title: 'title, titles, titulo, titre, article title, document title, main title, title main, item title',
  'other title':
    'title alternative, alternative title, alternative, subtitle, title translated, translated title, original title, otro titulo, outro titulo',
  type: 'type, item type, document type, resource type, publication type, genre, tipo, tipo de documento, type de document, type coar, thesis type, degree level',
  version: 'version, version type, type version, description version, version coar, status',

  // Who made it
  author:
    'author, authors, author s, creator, creators, contributor author, author names, author full names, autor, autores, autor es, autora, auteur, auteurs, creators name, autoria, creator author',
  'author family':
    'creators name family, author family name, author last name, author surname, last name, apellidos',
  'author given': 'creators name given, author given name, author first name, first name, nombres',
  'author orcid':
    'creators orcid, author orcid, orcid, orcids, creator orcid, contributor author orcid, autor orcid',
  organisation:
    'contributor corporate, corporate author, corp creators, contributor author corporate, organisation author',
  contributor:
    'contributor, contributors, editor, editors, contributor editor, contributor advisor, advisor, advisors, supervisor, supervisors, contributor supervisor, contributor other, contributor translator, translator, contributor illustrator, contributor director, director, tutor, orientador, directeur, editores, editors name, contributor committeemember, asesor, contributor referee',
  'contributor family': 'editors name family, contributors name family, supervisors name family',
  'contributor given': 'editors name given, contributors name given, supervisors name given',

  // What it is about
  abstract:
    'abstract, abstracts, description abstract, abstract note, resumen, resumo, resume, summary, sumario',
  description: 'description, descripcion, descricao',
  subject:
    'subject, subjects, subject other, subject classification, subject lcsh, subject mesh, subject ddc, subject udc, subject keyword, topics, topic, discipline, materia, materias, assunto, assuntos, sujet, sujets, tags',
  keyword:
    'keyword, keywords, author keywords, index keywords, manual tags, palabras clave, palavras chave, mots cles, key words, descriptores',
  language:
    'language, languages, language iso, language rfc3066, lang, idioma, idiomas, lingua, langue, language of original document, language of document',

  // When and where it was published
  issued:
    'date issued, issued, year, date, publication year, publication date, published, date published, year published, pub year, pub date, py, ano, ano de publicacion, ano de publicacao, annee, annee de publication, fecha, fecha de publicacion, data de publicacao, date de publication, thesis date, date of publication',
  available: 'date available, available, available date, online date',
  accepted: 'date accepted, accepted, date defense, date of defense, fecha de defensa, data de defesa',
  submitted: 'date submitted, submitted',
  created: 'date created, created',
  publisher:
    'publisher, publishers, editorial, editora, editeur, publisher name, institution, degree grantor, thesis degree grantor, thesis grantor',
  journal:
    'journal, journal title, journal name, publication, publication title, source title, source publication, venue, revista, revue, periodico, container title, booktitle, book title, citation title, relation ispartofjournal, bibliographic citation journal title, event title, conference name, magazine',
  source:
    'source, relation ispartof, is part of, citation, bibliographic citation, identifier citation, fuente, fonte',
  volume: 'volume, vol, citation volume, identifier volume, tomo, bibliographic citation volume',
  issue:
    'issue, number, citation issue, issue number, numero, num, identifier issue, fasciculo, bibliographic citation issue',
  pages: 'pages, page, page range, pagerange, pagination, paginas, citation pages, page numbers',
  'first page':
    'page start, start page, first page, citation start page, identifier initialpage, pagina inicial, citation startpage, bibliographic citation start page',
  'last page':
    'page end, end page, last page, citation end page, identifier finalpage, pagina final, citation endpage, bibliographic citation end page',

  // What it is known by
  doi: 'doi, identifier doi, dois, doi link, doi url',
  'published doi':
    'published doi, version of record, version of record doi, relation publisherversion, relation isversionofdoi, publisher doi, doi of published version, relation is version of doi',
  identifier:
    'identifier uri, url, urls, uri, link, links, handle, identifier url, identifier urn, urn, identifier other, identifier hdl, official url, website, enlace, web, id number, identifier none, permalink, item url',
  isbn: 'isbn, isbns, identifier isbn, e isbn, eisbn',
  issn: 'issn, issns, e issn, eissn, issn l, identifier issn, identifier eissn, issn print, issn electronic, relation issn',
  pmid: 'pmid, pub med id, pubmed id, identifier pmid, identifier pubmedid, pubmed',
  arxiv: 'arxiv, arxiv id, identifier arxiv, eprint',
  relation:
    'relation, relations, relation uri, relation references, relation ispartofseries doi, relation isreferencedby, related identifier, related url',

  // Its files, and who may read them
  file: 'file, files, fulltext, full text, fulltext url, full text url, pdf, pdf url, pdf link, file url, file urls, document url, bitstream, bitstreams, texto completo, download url, archivo, arquivo, fichier',
  rights:
    'rights, rights uri, license, licence, licenses, license url, rights license, licencia, licenca, license ref, cc license, rights holder license',
  access:
    'access, access rights, rights access rights, accessrights, rights accessrights, access type, open access, access level, acceso, acesso, acces, full text status, access right, rights access',
  embargo:
    'embargo, embargo date, date embargoed, embargo end, embargo end date, date embargo end, rights embargodate, embargo terms, embargo lift, date embargo, rights embargoenddate, embargo enddate, embargo until',
  funding:
    'funding, funder, funders, sponsorship, description sponsorship, relation projectid, relation project id, funding details, funding text, financiacion, financiamento, financement, patrocinio',
  award:
    'award, awards, grant, grants, project, projects, grant number, grant numbers, award number, project id, funder award',
} as const;

/** What a column holds. */
export type Column = keyof typeof names;

const columns: ReadonlyMap<string, Column> = new Map(
  (Object.entries(names) as [Column, string][])
    // Of a name in two lists the first counts.
    .toReversed()
    .flatMap(([column, list]) => list.split(', ').map((name) => [name, column] as const)),
);

/** The column that a heading names, with the language in brackets that DSpace puts behind it; `undefined` for others. */
export const columnNamed = remembered(
  (heading: string): { column: Column; language?: string } | undefined => {
    const [, name = '', written = ''] =
      /^([^[\]]{1,200})(?:\[([\w*-]{0,20})\])?\s*$/.exec(heading.trim()) ?? [];
    const folded = foldedForm(name);
    const column = columns.get(folded) ?? columns.get(folded.replace(/^(?:dc|dcterms|local|oaire) /, ''));
    if (column === undefined) return undefined;
    const language = written.replace('_', '-');
    return /^[a-z]{2,3}\b/i.test(language) ? { column, language } : { column };
  },
);
