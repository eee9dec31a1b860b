import { accessRights, resourceTypes, specificity, versions } from '../coar/index.ts';
import {
  cleanAgents,
  cleanText,
  grantAgreement,
  identifiersIn,
  isLanguageCode,
  languageTag,
  licenceUri,
  RepairLog,
} from '../cleaning/index.ts';
import { identifierText } from '../identifiers.ts';
import type {
  Agent,
  Description,
  Funding,
  Identifier,
  Reference,
  Relation,
  RelationKind,
  Source,
} from '../record.ts';
import { AccessStatement } from './access-statement.ts';
import { type AgentParts, describedAgents } from './described-agent.ts';
import { DescribedFiles, type FileFacts } from './described-files.ts';
import { describedFunding } from './described-funding.ts';
import { describedReference, type ReferenceParts } from './described-reference.ts';
import { PlaceOfPublication } from './place-of-publication.ts';
import { cleanDay, type DateKind, isTimestamp, PublicationDate } from './publication-date.ts';
import { PublishedDoi } from './published-doi.ts';
import { isPartOfPublication } from './published-work.ts';
import { Texts } from './texts.ts';

/**
 * Gathers what a metadata record says, value by value and cleaned, and decides at the end what cannot be decided value by
 * value: which date counts, which type says most, which DOI is the published work's. Every crosswalk fills one.
 *
 * Texts are given as they were written. A text without content says nothing, so that crosswalks need not ask.
 */
export class DescriptionBuilder {
  readonly log = new RepairLog();
  readonly #titles = new Texts();
  readonly #creators: Agent[] = [];
  readonly #contributors: Agent[] = [];
  readonly #abstracts = new Texts();
  readonly #subjects = new Texts();
  readonly #published = new PublicationDate();
  readonly #languages = new Set<string>();
  readonly #identifiers = new Map<string, Identifier>();
  readonly #relations = new Map<string, Relation>();
  readonly #funding = new Map<string, Funding>();
  readonly #files = new DescribedFiles();
  readonly #references = new Map<string, Reference>();
  readonly #publishedDoi = new PublishedDoi();
  readonly #access = new AccessStatement();
  readonly #place = new PlaceOfPublication();
  #hasPage = false;
  #publisher: string | undefined;
  #type: string | undefined;
  #typeSays = -2;
  #version: string | undefined;
  #licence: string | undefined;

  title(text: string, language?: string): void {
    this.#titles.add(text, language, this.log);
  }

  /** The first title; crosswalks read titles first. */
  get mainTitle(): string | undefined {
    return this.#titles.first;
  }

  abstract(text: string, language?: string): void {
    this.#abstracts.add(text, language, this.log);
  }

  subject(text: string, language?: string): void {
    this.#subjects.add(text, language, this.log);
  }

  /** Whoever a field names that holds nothing but names. */
  creators(text: string): void {
    for (const agent of cleanAgents(text, this.log)) this.#creators.push(agent);
  }

  contributors(text: string): void {
    for (const agent of cleanAgents(text, this.log)) this.#contributors.push(agent);
  }

  /** Somebody of whom the source says more than the name. */
  creator(parts: AgentParts): void {
    for (const agent of describedAgents(parts, this.log)) this.#creators.push(agent);
  }

  contributor(parts: AgentParts): void {
    for (const agent of describedAgents(parts, this.log)) this.#contributors.push(agent);
  }

  /** The first one counts. */
  publisher(text: string): void {
    const name = cleanText(text, this.log);
    if (name !== '') this.#publisher ??= name;
  }

  /**
   * @param kind what happened then, where the source says it; what is under embargo is `available` when that ends, unless
   *   a clock wrote the date
   */
  date(text: string, kind?: DateKind): void {
    this.#published.add(text, kind, this.log);
    if (kind !== 'available' || isTimestamp(text)) return;
    const day = cleanDay(text, this.log);
    if (day !== undefined) this.#access.available(day);
  }

  /** The publication date, as far as it has been read. */
  get published(): string | undefined {
    return this.#published.value();
  }

  language(text: string): void {
    if (text.trim() === '') return;
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

  /** Whether the text names a version; the first one counts. */
  version(text: string): boolean {
    const concept = versions.named(text);
    this.#version ??= concept?.uri;
    return concept !== undefined;
  }

  /** An access right, a licence or an embargo; other statements of rights are left to the raw metadata. */
  rights(text: string): void {
    if (!this.accessRight(text)) this.licence(text);
    const until = /^embargo\w{0,2}\b\D{0,30}(\d{4}-\d{2}-\d{2})\b/i.exec(text.trim())?.[1];
    if (until === undefined) return;
    this.#access.restrict('embargoed');
    this.embargoEnds(until);
  }

  /** Whether the text names an access right; of several the strictest counts. */
  accessRight(text: string): boolean {
    const right = accessRights.named(text)?.right;
    if (right !== undefined) this.#access.restrict(right);
    return right !== undefined;
  }

  /** The first one that can be told counts. */
  licence(text: string): void {
    this.#licence ??= licenceUri(text);
  }

  /** An embargo, unless the source says otherwise: repositories keep the date when all is open. */
  embargoEnds(text: string): void {
    const day = cleanDay(text, this.log);
    if (day !== undefined) this.#access.embargoEnds(day);
  }

  /** Whether the text is an OpenAIRE project identifier. */
  funding(text: string): boolean {
    const grant = grantAgreement(text);
    if (grant !== undefined) this.#addFunding(grant);
    return grant !== undefined;
  }

  /** A funder, an award or both, as they are written. */
  grant(parts: Funding): void {
    const funding = describedFunding(parts, this.log);
    if (funding !== undefined) this.#addFunding(funding);
  }

  #addFunding(funding: Funding): void {
    const { funder, funderId, award } = funding;
    this.#funding.set(JSON.stringify([funder, funderId, award]), funding);
  }

  /** An identifier of the item itself. */
  identifier(identifier: Identifier): void {
    this.#identifiers.set(identifierText(identifier), identifier);
    if (identifier.scheme === 'url') this.#hasPage = true;
  }

  /** An identifier of the work as it was published elsewhere. */
  publishedAs(identifier: Identifier): void {
    if (identifier.scheme === 'doi') this.#publishedDoi.said(identifier.value);
    else if (identifier.scheme === 'issn') this.related('isPartOf', identifier);
    else this.identifier(identifier);
  }

  /** @param kind `relation` where the source does not say how the two are related */
  related(kind: RelationKind, target: Identifier): void {
    if (kind === 'relation' && target.scheme === 'doi') this.#publishedDoi.related(target.value);
    else this.#relations.set(`${kind} ${identifierText(target)}`, { kind, target });
  }

  /** An entry of the item's list of references. */
  reference(parts: ReferenceParts): void {
    const reference = describedReference(parts, this.log);
    if (reference === undefined) return;
    const { identifier, text } = reference;
    const key = identifier === undefined ? text : identifierText(identifier);
    if (!this.#references.has(key)) this.#references.set(key, reference);
  }

  file(url: string, facts: FileFacts = {}): void {
    this.#files.add(url, facts, this.log);
  }

  /** A media type that stands by itself: the file's, where there is one of each. */
  format(text: string): void {
    this.#files.format(text);
  }

  /** Where the work was published, with whatever identifiers stand in it; the first that can be taken apart counts. */
  source(text: string): void {
    const clean = cleanText(text, this.log);
    for (const identifier of identifiersIn(clean, this.log)) {
      if (identifier.scheme === 'doi') this.publishedAs(identifier);
      else if (identifier.scheme === 'issn' || identifier.scheme === 'isbn')
        this.related('isPartOf', identifier);
    }
    this.#place.cited(clean);
  }

  /** Parts of where the work was published that the source has apart; each fills what is not known yet. */
  journal(parts: Omit<Source, 'citation'>): void {
    this.#place.parts(parts, this.log);
  }

  /** Whether the item, by its type, appears within a publication: an ISBN is then the publication's. */
  isPart(): boolean {
    return isPartOfPublication(this.#type);
  }

  /** Whether an address leads to the item's page: on the host of its files, where no such page is known yet. */
  isOwnPage(url: string): boolean {
    return !this.#hasPage && this.#files.hosts.has(new URL(url).host);
  }

  build(): Description {
    const source = this.#place.value;
    const publishedDoi = this.#publishedDoi.value({
      own: this.#own('doi'),
      type: this.#type,
      addresses: [...this.#own('url'), ...this.#files.urls],
      isInJournal: source?.volume !== undefined,
    });
    for (const value of this.#publishedDoi.relatedWorks) {
      const kind = value === publishedDoi ? 'isVersionOf' : 'relation';
      this.#relations.set(`${kind} doi:${value}`, { kind, target: { scheme: 'doi', value } });
    }
    const access = this.#access.access(this.#files.rights);
    const published = this.#published.value(access?.embargoEnds);
    return {
      titles: this.#titles.all,
      creators: this.#creators,
      contributors: this.#contributors,
      abstracts: this.#abstracts.all,
      subjects: this.#subjects.all,
      ...(published !== undefined && { published }),
      ...(this.#publisher !== undefined && { publisher: this.#publisher }),
      languages: [...this.#languages],
      ...(this.#type !== undefined && { type: this.#type }),
      ...(this.#version !== undefined && { version: this.#version }),
      ...(access !== undefined && { access }),
      ...(this.#licence !== undefined && { licence: this.#licence }),
      identifiers: [...this.#identifiers.values()],
      ...(publishedDoi !== undefined && { publishedDoi }),
      relations: [...this.#relations.values()],
      funding: [...this.#funding.values()],
      ...(source !== undefined && { source }),
      files: this.#files.described(access?.right ?? 'open'),
      references: [...this.#references.values()],
    };
  }

  /** Values of the item's identifiers of one scheme. */
  #own(scheme: Identifier['scheme']): string[] {
    return [...this.#identifiers.values()].flatMap((own) => (own.scheme === scheme ? [own.value] : []));
  }
}
