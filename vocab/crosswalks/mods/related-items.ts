import { identifierText } from '../../identifiers.ts';
import type { Identifier, RelationKind } from '../../record.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { pageRange } from '../page-range.ts';
import { relationKind } from '../relation-kind.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { titleText } from './read.ts';

/** Our kind of relation for each type of MODS; for those that MODS has not, `otherType` is our own name of it. */
export const relationTypes = {
  host: 'isPartOf',
  series: 'isPartOf',
  constituent: 'hasPart',
  otherVersion: 'isVersionOf',
  otherFormat: 'isVersionOf',
  original: 'isVersionOf',
  preceding: 'replaces',
  succeeding: 'isReplacedBy',
  references: 'references',
  isReferencedBy: 'isReferencedBy',
  reviewOf: 'isReviewOf',
} as const satisfies Readonly<Record<string, RelationKind>>;

const kinds: ReadonlyMap<string, RelationKind> = new Map(
  Object.entries(relationTypes).map(([type, kind]) => [type.toLowerCase(), kind]),
);

/** Where the work was published; an entry of its list of references; any other work with an identifier. */
export function readRelatedItem(item: XmlElement, description: DescriptionBuilder): void {
  const type = (attributeOf(item, 'type') || attributeOf(item, 'otherType')).toLowerCase();
  const kind = kinds.get(type) ?? relationKind(type) ?? 'relation';
  const targets = identifiersOf(item);
  if (type === 'host') readHost(item, description);
  if (type === 'references') return readReference(item, targets, description);
  for (const target of targets) {
    if (kind === 'isVersionOf' && /publish/i.test(attributeOf(item, 'displayLabel')))
      description.publishedAs(target);
    else if (target.scheme === 'issn') description.related('isPartOf', target);
    else description.related(kind, target);
  }
}

function identifiersOf(item: XmlElement): Identifier[] {
  const written = [
    ...item
      .childrenNamed('identifier')
      .filter((identifier) => attributeOf(identifier, 'invalid') !== 'yes')
      .map((identifier) => typedIdentifier(attributeOf(identifier, 'type'), textOf(identifier))),
    ...item
      .childrenNamed('location')
      .flatMap((location) => location.childrenNamed('url'))
      .map((url) => typedIdentifier('', textOf(url))),
    typedIdentifier('', attributeOf(item, 'href')),
  ];
  return written.filter((identifier) => identifier !== undefined);
}

/** The journal or book, with the place in it, its publisher and its date where the work has none of its own. */
function readHost(host: XmlElement, description: DescriptionBuilder): void {
  const titles = host.childrenNamed('titleInfo');
  const main = titles.find((title) => attributeOf(title, 'type') === '') ?? titles[0];
  description.journal({ title: main === undefined ? '' : titleText(main) });
  for (const part of host.childrenNamed('part')) readPart(part, description);
  for (const origin of host.childrenNamed('originInfo')) {
    description.publisher(origin.childText('publisher'));
    for (const date of origin.childrenNamed('dateIssued'))
      if (attributeOf(date, 'point') !== 'end') description.date(textOf(date));
  }
}

/** Volume, issue, pages and date of a part; also where it stands with the work itself. */
export function readPart(part: XmlElement, description: DescriptionBuilder): void {
  const numbers = new Map<string, string>();
  for (const detail of part.childrenNamed('detail')) {
    const type = attributeOf(detail, 'type').toLowerCase();
    const number = detail.childText('number') || (detail.children.length === 0 ? textOf(detail) : '');
    if (number !== '' && !numbers.has(type)) numbers.set(type, number);
  }
  const extent = part
    .childrenNamed('extent')
    .find((extent) => /^(?:p|pages?|pp\.?|)$/i.test(attributeOf(extent, 'unit')));
  const pages = pageRange(extent?.childText('start') ?? '', extent?.childText('end') ?? '');
  description.journal({
    volume: numbers.get('volume') ?? '',
    issue: numbers.get('issue') ?? numbers.get('number') ?? '',
    pages:
      pages || (extent?.childText('list') ?? '').replace(/^pp?\.?\s*/i, '') || (numbers.get('page') ?? ''),
  });
  for (const date of part.childrenNamed('date'))
    if (attributeOf(date, 'point') !== 'end') description.date(textOf(date));
}

function readReference(
  item: XmlElement,
  targets: readonly Identifier[],
  description: DescriptionBuilder,
): void {
  const titleInfo = item.child('titleInfo');
  const title = titleInfo === undefined ? '' : titleText(titleInfo);
  const note = item.childText('note');
  const [identifier] = targets;
  if (title === '' && note === '') {
    for (const target of targets) description.related('references', target);
    return;
  }
  const names = item
    .childrenNamed('name')
    .map((name) => name.childrenNamed('namePart').map(textOf).join(', '));
  const year = item.child('originInfo')?.childText('dateIssued') ?? '';
  const parts = [...names, year, title, identifier === undefined ? '' : identifierText(identifier)];
  description.reference({
    text: note || parts.filter((part) => part !== '').join(', '),
    title,
    year,
    ...(identifier !== undefined && { identifier }),
  });
}
