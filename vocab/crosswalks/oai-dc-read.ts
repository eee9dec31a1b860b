import { cleanIdentifier, identifiersIn } from '../cleaning/index.ts';
import { normaliseIdentifier, normaliseUrl } from '../identifiers.ts';
import type { Identifier, LanguageString } from '../record.ts';
import type { DescriptionBuilder } from './description-builder.ts';
import { journalCitation } from './journal-citation.ts';
import { relationKind } from './relation-kind.ts';

/** Each function reads the text of one Dublin Core element. */

/** One element may list several subjects; a class of a scheme is named by scheme and class, `ddc:020`. */
export function readSubject({ value, language }: LanguageString, description: DescriptionBuilder): void {
  const classified = /^info:eu-repo\/classification\/([a-z0-9-]{2,20})\/(.{1,100})$/i.exec(value);
  if (classified !== null) return description.subject(`${classified[1]!.toLowerCase()}:${classified[2]!}`);
  for (const part of value.split(';')) description.subject(part, language);
}

/** Paths that lead to a file, not to a page about it. */
const filePath =
  /^https?:\/\/[^?#]+(?:\.(?:pdf|epub|docx?|pptx?|ps|zip|csv)|\/bitstreams?\/[^?#]+|\/article\/download\/[^?#]+|\/download)(?:[?#].*)?$/i;

export function readIdentifier({ value }: LanguageString, description: DescriptionBuilder): void {
  if (/\s/.test(value) && value.length > 30 && normaliseIdentifier(value) === undefined) {
    return readCitation(value, description);
  }
  const identifier = cleanIdentifier(value, description.log);
  if (identifier === undefined) return;
  if (identifier.scheme === 'issn' || (identifier.scheme === 'isbn' && description.isPart())) {
    description.related('isPartOf', identifier);
    return;
  }
  const url = /^https?:/i.test(value) ? normaliseUrl(value) : undefined;
  const isFile = url !== undefined && filePath.test(url);
  if (isFile) description.file(url);
  if (!isFile || identifier.scheme !== 'url') description.identifier(identifier);
  // DSpace's own page for a Handle is a place to go to, besides the Handle.
  const isPage = identifier.scheme === 'handle' && !/^https?:\/\/hdl\.handle\.net\//i.test(value);
  if (url !== undefined && isPage && !isFile) description.identifier({ scheme: 'url', value: url });
}

/** A reference to the work itself, as EPrints puts it into dc:identifier. */
export function readCitation(text: string, description: DescriptionBuilder): void {
  description.source(afterTitle(text, description) ?? text);
}

/** What follows the work's title in a reference: where it was published. `undefined` where the title is not in it. */
function afterTitle(text: string, { mainTitle }: DescriptionBuilder): string | undefined {
  if (mainTitle === undefined) return undefined;
  const at = text.toLowerCase().indexOf(mainTitle.toLowerCase());
  return at < 0 ? undefined : text.slice(at + mainTitle.length).replace(/^[\s.,:;?!"”’]+/, '');
}

export function readRelation({ value }: LanguageString, description: DescriptionBuilder): void {
  if (description.funding(value)) return;
  const typed = /^info:eu-repo\/semantics\/([a-zA-Z]{3,30})\/([a-z]{2,10})\/(.{3,500})$/i.exec(value.trim());
  if (typed !== null) {
    const [, what = '', scheme = '', written = ''] = typed;
    const target = identifierOf(scheme.toLowerCase(), written);
    if (target === undefined) return;
    if (what.toLowerCase() === 'altidentifier') description.publishedAs(target);
    else description.related(what.toLowerCase() === 'reference' ? 'references' : 'relation', target);
    return;
  }
  const said = /^([a-z]{2,18}(?: ?[a-z]{2,18}){0,3})\s?:?\s+(?=https?:|doi:|10\.|urn:|hdl:|is[bs]n)/i.exec(
    value,
  );
  const kind = relationKind(said?.[1] ?? '') ?? 'relation';
  for (const target of identifiersIn(value, description.log)) {
    if (kind === 'relation' && target.scheme === 'url' && description.isOwnPage(target.value)) {
      description.identifier(target);
    } else if (kind === 'relation' && target.scheme === 'issn') description.related('isPartOf', target);
    else description.related(kind, target);
  }
}

/** A work that the item refers to: by its identifier, or as it stands in the list of references. */
export function readReference({ value }: LanguageString, description: DescriptionBuilder): void {
  const identifier = normaliseIdentifier(value);
  if (identifier === undefined) description.reference({ text: value });
  else description.related('references', identifier);
}

/** The identifier schemes of OpenAIRE's info:eu-repo paths (Guidelines for Literature Repositories 3, Alternative Identifier). */
function identifierOf(scheme: string, written: string): Identifier | undefined {
  switch (scheme) {
    case 'eissn':
    case 'pissn':
    case 'issn':
      return normaliseIdentifier(`issn:${written}`);
    case 'hdl':
    case 'handle':
      return normaliseIdentifier(`hdl:${written}`);
    case 'doi':
    case 'isbn':
    case 'pmid':
    case 'arxiv':
      return normaliseIdentifier(/^https?:/i.test(written) ? written : `${scheme}:${written}`);
    default:
      return normaliseIdentifier(written);
  }
}

/** Notes that DSpace keeps for its staff, with names and addresses, and that leak into dc:description. */
const internalNote =
  /^(Submitted by(?= .{1,200}\bon \d{4}-)|Approved for entry into archive|Made available in DSpace|Rejected by(?= .{1,200}, reason)|Item (?:withdrawn|reinstated) by) /;

const saysPublished =
  /\b(?:published (?:in|as|by)|to cite|cite this|citation|version of record|accepted (?:manuscript|version)|final (?:version|publication)|publicado en|publicado em|publié dans)\b/i;

/** An abstract, unless it is an internal note or a reference to the work itself. */
export function readDescription({ value, language }: LanguageString, description: DescriptionBuilder): void {
  const note = internalNote.exec(value)?.[1];
  if (note !== undefined) {
    // The note itself names people: it is not repeated in the repair.
    description.log.add('NOTE_DROPPED', `${note} …`, '');
    return;
  }
  if (isReference(value, description)) readCitation(value, description);
  else description.abstract(value, language);
}

/** Abstracts are longer, and have more after the title if they repeat it. */
const longestReference = 1000;
const longestAfterTitle = 300;

function isReference(text: string, description: DescriptionBuilder): boolean {
  if (text.length > longestReference || !/\d{4}/.test(text)) return false;
  if (/\b10\.\d{4,9}\//.test(text) && saysPublished.test(text)) return true;
  const rest = afterTitle(text, description);
  if (rest === undefined || rest.length > longestAfterTitle) return false;
  const source = journalCitation(rest);
  return source?.volume !== undefined || source?.pages !== undefined || /\b10\.\d{4,9}\//.test(rest);
}

/** One element may list several languages. */
export function readLanguages({ value }: LanguageString, description: DescriptionBuilder): void {
  for (const part of value.split(/[;,|/]/)) if (part.trim() !== '') description.language(part);
}

/** A date of publication, or of an embargo's end. */
export function readDate({ value }: LanguageString, description: DescriptionBuilder): void {
  const embargo = embargoEnd(value);
  if (embargo === undefined) description.date(value);
  else description.embargoEnds(embargo);
}

/** An access right or a licence, or an embargo's end. */
export function readRights({ value }: LanguageString, description: DescriptionBuilder): void {
  const embargo = embargoEnd(value);
  if (embargo === undefined) description.rights(value);
  else description.embargoEnds(embargo);
}

/** OpenAIRE Guidelines for Literature Repositories 3, Embargo End Date. */
function embargoEnd(text: string): string | undefined {
  return /^info:eu-repo\/date\/embargoEnd\/(.{4,40})$/i.exec(text.trim())?.[1];
}
