import type { DateKind } from '../publication-date.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { readIdentifier as readWebIdentifier } from '../oai-dc-read.ts';
import { withSubtitle } from '../title-text.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import type { XmlElement } from '../../xml/index.ts';

/** Each function reads one of the top-level elements of MODS. */

/** MODS has languages as `lang` (ISO 639-2) besides `xml:lang`. */
function languageOf(element: XmlElement): string | undefined {
  return element.language ?? (attributeOf(element, 'lang') || undefined);
}

/** Article, title, subtitle, number and name of the part, as they are cited. */
export function titleText(titleInfo: XmlElement): string {
  const nonSort = titleInfo.childText('nonSort');
  const title = titleInfo.childText('title');
  const article = nonSort === '' || /['’-]$/.test(nonSort) ? nonSort : `${nonSort} `;
  return [
    withSubtitle(title === '' ? '' : article + title, titleInfo.childText('subTitle')),
    titleInfo.childText('partNumber'),
    titleInfo.childText('partName'),
  ]
    .filter((part) => part !== '')
    .join('. ');
}

export function readMainTitle(titleInfo: XmlElement, description: DescriptionBuilder): void {
  if (attributeOf(titleInfo, 'type') === '') readTitle(titleInfo, description);
}

export function readOtherTitle(titleInfo: XmlElement, description: DescriptionBuilder): void {
  if (/^(?:translated|alternative|uniform)$/i.test(attributeOf(titleInfo, 'type')))
    readTitle(titleInfo, description);
}

function readTitle(titleInfo: XmlElement, description: DescriptionBuilder): void {
  const title = titleInfo.child('title');
  const language = languageOf(titleInfo) ?? (title === undefined ? undefined : languageOf(title));
  description.title(
    titleText(titleInfo) || (titleInfo.children.length === 0 ? textOf(titleInfo) : ''),
    language,
  );
}

export function readText(
  element: XmlElement,
  give: (text: string, language: string | undefined) => void,
): void {
  give(textOf(element), languageOf(element));
}

/** Terms of typeOfResource that COAR has another word for. */
const resourceTypes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    'software, multimedia': 'interactive resource',
    cartographic: 'cartographic material',
    'notated music': 'musical notation',
    'sound recording': 'sound',
    'sound recording-musical': 'sound',
    'sound recording-nonmusical': 'sound',
  }),
);

export function readType(type: XmlElement, description: DescriptionBuilder): void {
  const text = textOf(type);
  for (const written of [attributeOf(type, 'valueURI'), resourceTypes.get(text.toLowerCase()) ?? text])
    if (written !== '') description.type(written);
}

const dateKinds: ReadonlyMap<string, DateKind> = new Map(
  Object.entries<DateKind>({
    dateissued: 'issued',
    issued: 'issued',
    published: 'issued',
    copyrightdate: 'available',
    available: 'available',
    accepted: 'accepted',
    submitted: 'submitted',
    datecreated: 'created',
    created: 'created',
    datemodified: 'updated',
  }),
);

/**
 * Publisher and dates; not those of a digitisation. Of dates of one kind the key date counts, then one that is encoded;
 * the end of a range does not.
 */
export function readOrigin(origin: XmlElement, description: DescriptionBuilder): void {
  if (/^(?:digiti[sz]ation|capture|manufacture|distribution)$/i.test(attributeOf(origin, 'eventType')))
    return;
  for (const publisher of origin.childrenNamed('publisher')) description.publisher(textOf(publisher));
  const dates = origin.children
    .filter((date) => attributeOf(date, 'point') !== 'end')
    .flatMap((date) => {
      const name = date.local === 'dateOther' ? attributeOf(date, 'type') : date.local;
      const kind = dateKinds.get(name.toLowerCase());
      return kind === undefined ? [] : [{ date, kind }];
    })
    .toSorted((one, other) => rank(one.date) - rank(other.date));
  for (const { date, kind } of dates) description.date(textOf(date), kind);
}

function rank(date: XmlElement): number {
  if (attributeOf(date, 'keyDate') === 'yes') return 0;
  return attributeOf(date, 'encoding') === '' ? 2 : 1;
}

/** The code rather than the name; not the language of an abstract or of the subtitles. */
export function readLanguage(language: XmlElement, description: DescriptionBuilder): void {
  if (/abstract|summary|subtitle|translation/i.test(attributeOf(language, 'objectPart'))) return;
  const terms = language.childrenNamed('languageTerm');
  const codes = terms.filter((term) => attributeOf(term, 'type') === 'code');
  // Several codes are the same language by several standards, or several languages: the set tells.
  const said = codes.length > 0 ? codes : terms.length > 0 ? terms : [language];
  for (const term of said) if (textOf(term) !== '') description.language(textOf(term));
}

/** With an authority, one heading of several parts, `Libraries–France`; else each part by itself. */
export function readSubject(subject: XmlElement, description: DescriptionBuilder): void {
  const language = languageOf(subject);
  const headings = subject.children.flatMap((part) => {
    const text = headingOf(part);
    return text === '' ? [] : [{ text, language: languageOf(part) ?? language }];
  });
  if (attributeOf(subject, 'authority') !== '' && headings.length > 1)
    description.subject(headings.map(({ text }) => text).join('–'), language);
  else for (const { text, language } of headings) description.subject(text, language);
  if (subject.children.length === 0) description.subject(textOf(subject), language);
}

function headingOf(part: XmlElement): string {
  switch (part.local) {
    case 'name':
      return part
        .childrenNamed('namePart')
        .map(textOf)
        .filter((text) => text !== '')
        .join(', ');
    case 'titleInfo':
      return titleText(part);
    case 'hierarchicalGeographic':
      return part.children.map(textOf).join('–');
    case 'geographicCode':
    case 'cartographics':
      return '';
    default:
      return textOf(part);
  }
}

/** A class is named with its scheme, `ddc:020`. */
export function readClassification(classification: XmlElement, description: DescriptionBuilder): void {
  const scheme = attributeOf(classification, 'authority').toLowerCase();
  const text = textOf(classification);
  if (text !== '') description.subject(scheme === '' ? text : `${scheme}:${text}`);
}

export function readIdentifier(identifier: XmlElement, description: DescriptionBuilder): void {
  const type = attributeOf(identifier, 'type');
  const text = textOf(identifier);
  if (text === '' || attributeOf(identifier, 'invalid') === 'yes') return;
  if (/^https?:/i.test(text)) return readWebIdentifier({ value: text }, description);
  const target = typedIdentifier(type, text);
  if (target === undefined) {
    if (/^(?:[ep]?-?issn|isbn|doi)$/i.test(type)) description.log.add('IDENTIFIER_REFUSED', text, '');
  } else if (target.scheme === 'issn' || (target.scheme === 'isbn' && description.isPart())) {
    description.related('isPartOf', target);
  } else description.identifier(target);
}

/** A file, by `access="raw object"` or by its address; the item's page; not a preview. */
export function readLocation(location: XmlElement, description: DescriptionBuilder): void {
  for (const url of location.childrenNamed('url')) {
    const text = textOf(url);
    const access = attributeOf(url, 'access').toLowerCase();
    if (text === '' || access === 'preview') continue;
    if (access === 'raw object') description.file(text);
    else readWebIdentifier({ value: text }, description);
  }
}

/** An access right or a licence, by its address or in words. */
export function readAccess(condition: XmlElement, description: DescriptionBuilder): void {
  for (const text of [attributeOf(condition, 'href'), attributeOf(condition, 'valueURI'), textOf(condition)])
    if (text !== '') description.rights(text);
}

export function readNote(note: XmlElement, description: DescriptionBuilder): void {
  const type = attributeOf(note, 'type').toLowerCase();
  const text = textOf(note);
  if (type === 'funding' && text !== '') description.funding(text);
  else if (type === 'version identification' || type === 'version') description.version(text);
}
