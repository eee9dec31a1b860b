import { identifierText } from '../../identifiers.ts';
import type { Agent, Identifier, IdentifierScheme, LanguageString, Record } from '../../record.ts';
import { element, raw } from '../../xml/index.ts';
import { wrapped } from '../wrapped.ts';
import { writtenIdentifier } from '../written-identifier.ts';
import { publishedRelationType, relationTypes } from './relation-types.ts';

/**
 * Each function gives one property of DataCite's as XML (Metadata Schema 4.6, kernel-4), in the order of its schema;
 * nothing where the record does not say it. OpenAIRE's application profile has the same properties under a prefix.
 */
export type Prefix = '' | 'datacite:';

/** The titles after the first are translations where they are in another language, else alternatives. */
export function titlesXml({ titles }: Record, prefix: Prefix): string {
  const first = titles[0]?.language;
  const titleType = (language: string | undefined): string =>
    first !== undefined && language !== undefined && language !== first
      ? 'TranslatedTitle'
      : 'AlternativeTitle';
  return wrapped(
    `${prefix}titles`,
    titles.map(({ value, language }, at) =>
      element(
        `${prefix}title`,
        { 'xml:lang': language, titleType: at === 0 ? undefined : titleType(language) },
        value,
      ),
    ),
  );
}

export function creatorsXml({ creators }: Record, prefix: Prefix): string {
  return wrapped(
    `${prefix}creators`,
    creators.map((agent) => wrapped(`${prefix}creator`, agentXml(agent, 'creatorName', prefix))),
  );
}

/** What they contributed is not known to us. */
export function contributorsXml({ contributors }: Record, prefix: Prefix): string {
  return wrapped(
    `${prefix}contributors`,
    contributors.map((agent) =>
      element(
        `${prefix}contributor`,
        { contributorType: 'Other' },
        agentXml(agent, 'contributorName', prefix).map(raw),
      ),
    ),
  );
}

const nameTypes = { person: 'Personal', organisation: 'Organizational', unknown: undefined } as const;

function agentXml(agent: Agent, nameElement: string, prefix: Prefix): string[] {
  const { name, kind, family, given, orcid, affiliation, ror } = agent;
  const parts = [element(`${prefix}${nameElement}`, { nameType: nameTypes[kind] }, name)];
  if (given !== undefined) parts.push(element(`${prefix}givenName`, {}, given));
  if (family !== undefined) parts.push(element(`${prefix}familyName`, {}, family));
  if (orcid !== undefined) {
    const scheme = { nameIdentifierScheme: 'ORCID', schemeURI: 'https://orcid.org' };
    parts.push(element(`${prefix}nameIdentifier`, scheme, `https://orcid.org/${orcid}`));
  }
  if (affiliation !== undefined || ror !== undefined) {
    const scheme = ror !== undefined && {
      affiliationIdentifier: ror,
      affiliationIdentifierScheme: 'ROR',
      schemeURI: 'https://ror.org',
    };
    parts.push(element(`${prefix}affiliation`, scheme || {}, affiliation ?? ror ?? ''));
  }
  return parts;
}

export function subjectsXml({ subjects }: Record, prefix: Prefix): string {
  return wrapped(
    `${prefix}subjects`,
    subjects.map((subject) => textXml(`${prefix}subject`, subject)),
  );
}

/** An element with a text in its language. */
export function textXml(name: string, { value, language }: LanguageString): string {
  return element(name, { 'xml:lang': language }, value);
}

/** Names of the schemes: DataCite Metadata Schema 4.6, relatedIdentifierType. */
const schemeNames: Readonly<{ [scheme in IdentifierScheme]: string }> = {
  doi: 'DOI',
  handle: 'Handle',
  urn: 'URN',
  isbn: 'ISBN',
  issn: 'ISSN',
  pmid: 'PMID',
  arxiv: 'arXiv',
  url: 'URL',
};

/** The one identifier that a record is registered or known under: the first that has one of these schemes, in this order. */
export function mainIdentifier(
  { identifiers }: Record,
  schemes: readonly IdentifierScheme[],
): Identifier | undefined {
  for (const wanted of schemes) {
    const found = identifiers.find(({ scheme }) => scheme === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** OpenAIRE wants it as a link (Guidelines for Literature Repository Managers v4, Resource Identifier). */
export function identifierXml(identifier: Identifier | undefined, prefix: Prefix): string {
  if (identifier === undefined) return '';
  const { scheme } = identifier;
  const text = prefix === '' ? written(identifier) : writtenIdentifier(identifier);
  return element(`${prefix}identifier`, { identifierType: schemeNames[scheme] }, text);
}

/** All identifiers but the main one. */
export function alternateIdentifiersXml(
  { identifiers }: Record,
  main: Identifier | undefined,
  prefix: Prefix,
): string {
  return wrapped(
    `${prefix}alternateIdentifiers`,
    identifiers
      .filter((identifier) => identifier !== main)
      .map((identifier) =>
        element(
          `${prefix}alternateIdentifier`,
          { alternateIdentifierType: schemeNames[identifier.scheme] },
          written(identifier),
        ),
      ),
  );
}

/** Related works, the published one among them. Relations of which no more is known have no place in DataCite. */
export function relatedIdentifiersXml(record: Record, prefix: Prefix): string {
  const related = record.relations.map(({ kind, target }) => ({ type: relationTypes[kind], target }));
  const published = publishedWork(record);
  if (published !== undefined) related.push({ type: publishedRelationType, target: published });
  return wrapped(
    `${prefix}relatedIdentifiers`,
    related
      .filter(({ type }) => type !== undefined)
      .map(({ type, target }) =>
        element(
          `${prefix}relatedIdentifier`,
          { relatedIdentifierType: schemeNames[target.scheme], relationType: type },
          written(target),
        ),
      ),
  );
}

/** The published work, where neither the identifiers nor the relations name it already. */
function publishedWork({ publishedDoi, identifiers, relations }: Record): Identifier | undefined {
  if (publishedDoi === undefined) return undefined;
  const isPublished = ({ scheme, value }: Identifier): boolean => scheme === 'doi' && value === publishedDoi;
  const isNamed =
    identifiers.some(isPublished) ||
    relations.some(({ kind, target }) => kind === 'isVersionOf' && isPublished(target));
  return isNamed ? undefined : { scheme: 'doi', value: publishedDoi };
}

function written(identifier: Identifier): string {
  return identifier.scheme === 'arxiv' ? identifierText(identifier) : identifier.value;
}

/** The date of publication, and the end of an embargo. */
export function datesXml({ published, access }: Record, prefix: Prefix): string {
  const dates = [
    { dateType: 'Issued', date: published },
    { dateType: 'Available', date: access?.embargoEnds },
  ];
  return wrapped(
    `${prefix}dates`,
    dates.flatMap(({ dateType, date }) =>
      date === undefined ? [] : [element(`${prefix}date`, { dateType }, date)],
    ),
  );
}
