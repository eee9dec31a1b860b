import { accessRights, resourceTypes, specificity, versions } from '../coar/index.ts';
import {
  cleanAgents,
  cleanDate,
  cleanText,
  grantAgreement,
  isLanguageCode,
  languageTag,
  licenceUri,
  RepairLog,
} from '../cleaning/index.ts';
import { findIdentifiers, identifierText } from '../identifiers.ts';
import type {
  AccessRight,
  Agent,
  Description,
  Identifier,
  LanguageString,
  RecordFile,
  Relation,
  RelationKind,
  Source,
} from '../record.ts';
import { journalCitation } from './journal-citation.ts';
import { isNamedAfterHost, isPartOfPublication, isPublishedKind, isRepositoryDoi } from './published-work.ts';

/** The same right said in several ways: the strictest counts, so that no closed file is opened. */
const strictness: readonly AccessRight[] = ['open', 'embargoed', 'restricted', 'metadata-only'];

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ps: 'application/postscript',
  zip: 'application/zip',
  csv: 'text/csv',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/**
 * Gathers what a metadata record says, value by value and cleaned, and decides at the end what cannot be decided value by
 * value: which date counts, which type says most, which DOI is the published work's. Every crosswalk fills one.
 */
export class DescriptionBuilder {
  readonly log = new RepairLog();
  readonly #titles = new Map<string, LanguageString>();
  readonly #creators: Agent[] = [];
  readonly #contributors: Agent[] = [];
  readonly #abstracts = new Map<string, LanguageString>();
  readonly #subjects = new Map<string, LanguageString>();
  readonly #dates: { date: string; isTimestamp: boolean }[] = [];
  readonly #languages = new Set<string>();
  readonly #identifiers = new Map<string, Identifier>();
  readonly #relations = new Map<string, Relation>();
  readonly #funding: Description['funding'] = [];
  readonly #files = new Map<string, RecordFile>();
  readonly #formats: string[] = [];
  /** DOIs said to be the published work's, and those of related works of which nothing is said. */
  readonly #publishedDois: string[] = [];
  readonly #relatedDois = new Set<string>();
  #publisher: string | undefined;
  #type: string | undefined;
  #typeSays = -2;
  #version: string | undefined;
  #right: AccessRight | undefined;
  #embargoEnds: string | undefined;
  #licence: string | undefined;
  #source: Source | undefined;

  title(text: string, language?: string): void {
    this.#addTo(this.#titles, text, language);
  }

  /** The first title; crosswalks read titles first. */
  get mainTitle(): string | undefined {
    const [title] = this.#titles.keys();
    return title;
  }

  abstract(text: string, language?: string): void {
    this.#addTo(this.#abstracts, text, language);
  }

  subject(text: string, language?: string): void {
    this.#addTo(this.#subjects, text, language);
  }

  creators(text: string): void {
    for (const agent of cleanAgents(text, this.log)) this.#creators.push(agent);
  }

  contributors(text: string): void {
    for (const agent of cleanAgents(text, this.log)) this.#contributors.push(agent);
  }

  /** The first one counts. */
  publisher(text: string): void {
    const name = cleanText(text, this.log);
    if (name !== '') this.#publisher ??= name;
  }

  date(text: string): void {
    const date = cleanDate(text, this.log);
    if (date !== undefined) this.#dates.push({ date, isTimestamp: /\dT\d\d:/.test(text) });
  }

  language(text: string): void {
    const tag = languageTag(text);
    if (tag !== undefined) this.#languages.add(tag);
    if (tag === undefined) this.log.add('LANGUAGE_REFUSED', text, '');
    else if (!isLanguageCode(text)) this.log.add('LANGUAGE_READ', text, tag);
  }

  /** A resource type or, as in OpenAIRE 3, a version; of several types the one that says most counts. */
  type(text: string): void {
    if (/version|^info:|^https?:/i.test(text) && this.version(text)) return;
    const concept = resourceTypes.named(text);
    if (concept === undefined) return;
    const says = specificity(concept);
    if (says <= this.#typeSays) return;
    this.#type = concept.uri;
    this.#typeSays = says;
  }

  version(text: string): boolean {
    const concept = versions.named(text);
    this.#version ??= concept?.uri;
    return concept !== undefined;
  }

  /** An access right, a licence or an embargo; other statements of rights are left to the raw metadata. */
  rights(text: string): void {
    const right = accessRights.named(text)?.right;
    if (right !== undefined) this.#restrict(right);
    else this.#licence ??= licenceUri(text);
    const until = /^embargo\w{0,2}\b\D{0,30}(\d{4}-\d{2}-\d{2})\b/i.exec(text.trim())?.[1];
    if (until === undefined) return;
    this.#restrict('embargoed');
    this.embargoEnds(until);
  }

  /** An embargo, unless the source says otherwise: repositories keep the date when all is open. */
  embargoEnds(text: string): void {
    const day = cleanDate(text, this.log);
    if (day?.length === 'YYYY-MM-DD'.length) this.#embargoEnds ??= day;
  }

  #restrict(right: AccessRight): void {
    const stricter = this.#right === undefined || strictness.indexOf(right) > strictness.indexOf(this.#right);
    if (stricter) this.#right = right;
  }

  /** Whether the text is an OpenAIRE project identifier. */
  funding(text: string): boolean {
    const grant = grantAgreement(text);
    if (grant !== undefined) this.#funding.push(grant);
    return grant !== undefined;
  }

  /** An identifier of the item itself. */
  identifier(identifier: Identifier): void {
    this.#identifiers.set(identifierText(identifier), identifier);
  }

  /** An identifier of the work as it was published elsewhere. */
  publishedAs(identifier: Identifier): void {
    if (identifier.scheme === 'doi') this.#publishedDois.push(identifier.value);
    else if (identifier.scheme === 'issn') this.related('isPartOf', identifier);
    else this.identifier(identifier);
  }

  /** @param kind `relation` where the source does not say how the two are related */
  related(kind: RelationKind, target: Identifier): void {
    if (kind === 'relation' && target.scheme === 'doi') this.#relatedDois.add(target.value);
    else this.#relations.set(`${kind} ${identifierText(target)}`, { kind, target });
  }

  file(url: string): void {
    const extension = /\.([a-z]{2,4})$/i.exec(url.replace(/[?#].*$/, ''))?.[1]?.toLowerCase() ?? '';
    const format = mediaTypes[extension];
    this.#files.set(url, { url, ...(format !== undefined && { format }), access: 'open' });
  }

  format(text: string): void {
    if (/^[a-z]+\/[a-z0-9.+-]+$/i.test(text)) this.#formats.push(text.toLowerCase());
  }

  /** Where the work was published, with whatever identifiers stand in it; the first that can be taken apart counts. */
  source(text: string): void {
    const clean = cleanText(text, this.log);
    for (const identifier of findIdentifiers(clean)) {
      if (identifier.scheme === 'doi') this.publishedAs(identifier);
      else if (identifier.scheme === 'issn' || identifier.scheme === 'isbn')
        this.related('isPartOf', identifier);
    }
    const source = journalCitation(clean);
    if (source !== undefined && (this.#source === undefined || this.#source.title === undefined))
      this.#source = source;
  }

  /** Whether the item, by its type, appears within a publication: an ISBN is then the publication's. */
  isPart(): boolean {
    return isPartOfPublication(this.#type);
  }

  /** Whether an address leads to the item's page: on the host of its files, where no such page is known yet. */
  isOwnPage(url: string): boolean {
    const { host } = new URL(url);
    const known = [...this.#identifiers.values()].some(({ scheme }) => scheme === 'url');
    return (
      !known && [...this.#files.keys()].some((file) => URL.canParse(file) && new URL(file).host === host)
    );
  }

  build(): Description {
    const publishedDoi = this.#publishedDoi();
    for (const value of this.#relatedDois) {
      const kind = value === publishedDoi ? 'isVersionOf' : 'relation';
      this.#relations.set(`${kind} doi:${value}`, { kind, target: { scheme: 'doi', value } });
    }
    const right = this.#right ?? (this.#embargoEnds === undefined ? undefined : 'embargoed');
    const published = (this.#dates.find(({ isTimestamp }) => !isTimestamp) ?? this.#dates[0])?.date;
    return {
      titles: [...this.#titles.values()],
      creators: this.#creators,
      contributors: this.#contributors,
      abstracts: [...this.#abstracts.values()],
      subjects: [...this.#subjects.values()],
      ...(published !== undefined && { published }),
      ...(this.#publisher !== undefined && { publisher: this.#publisher }),
      languages: [...this.#languages],
      ...(this.#type !== undefined && { type: this.#type }),
      ...(this.#version !== undefined && { version: this.#version }),
      ...(right !== undefined && { access: this.#access(right) }),
      ...(this.#licence !== undefined && { licence: this.#licence }),
      identifiers: [...this.#identifiers.values()],
      ...(publishedDoi !== undefined && { publishedDoi }),
      relations: [...this.#relations.values()],
      funding: this.#funding,
      ...(this.#source !== undefined && { source: this.#source }),
      files: this.#filesWithAccess(right ?? 'open'),
    };
  }

  #access(right: AccessRight): Description['access'] & {} {
    return right === 'embargoed' && this.#embargoEnds !== undefined
      ? { right, embargoEnds: this.#embargoEnds }
      : { right };
  }

  #filesWithAccess(access: AccessRight): RecordFile[] {
    const files = [...this.#files.values()];
    const [format] = this.#formats;
    for (const file of files) {
      file.access = access;
      if (files.length === 1 && this.#formats.length === 1 && format !== undefined) file.format ??= format;
    }
    return files;
  }

  /**
   * A DOI that the source names as the published work's; else, for kinds of works that publishers bring out, the item's
   * own DOI unless it is the repository's, or the only DOI of a related work of which nothing more is said.
   */
  #publishedDoi(): string | undefined {
    const own = [...this.#identifiers.values()].flatMap(({ scheme, value }) =>
      scheme === 'doi' ? [value] : [],
    );
    const said = this.#publishedDois.find((doi) => !own.includes(doi));
    if (said !== undefined || !isPublishedKind(this.#type)) return said;
    const publishers = own.find((doi) => !isRepositoryDoi(doi) && !this.#isNamedAfterHost(doi));
    if (publishers !== undefined) return publishers;
    const related = [...this.#relatedDois].filter((doi) => !own.includes(doi) && !isRepositoryDoi(doi));
    return related.length === 1 ? related[0] : undefined;
  }

  #isNamedAfterHost(doi: string): boolean {
    // A journal's own site bears the journal's name too.
    if (this.#source?.volume !== undefined) return false;
    const pages = [...this.#identifiers.values()].flatMap(({ scheme, value }) =>
      scheme === 'url' ? [value] : [],
    );
    return isNamedAfterHost(doi, [...pages, ...this.#files.keys()]);
  }

  /** Each text once. */
  #addTo(list: Map<string, LanguageString>, text: string, written: string | undefined): void {
    const value = cleanText(text, this.log);
    if (value === '' || list.has(value)) return;
    const language = written === undefined ? undefined : languageTag(written);
    list.set(value, { value, ...(language !== undefined && { language }) });
  }
}
