import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { type JatsArticle, textIn } from './article.ts';

/** A licence by its address, by a link in its text, in words; free access, where it is said. */
export function readPermissions({ meta }: JatsArticle, description: DescriptionBuilder): void {
  const permissions = meta.child('permissions');
  for (const free of permissions?.childrenNamed('free_to_read') ?? []) readFreeToRead(free, description);
  for (const licence of [
    ...(permissions?.childrenNamed('license') ?? []),
    ...meta.childrenNamed('license'),
  ]) {
    if (/^open-?access$/i.test(attributeOf(licence, 'license-type'))) description.accessRight('open access');
    description.licence(attributeOf(licence, 'href'));
    for (const link of linksWithin(licence)) description.licence(link);
    description.licence(textIn(licence));
  }
}

/** NISO RP-22-2021: free to read from a day on, which is an embargo's end where the article is older; or up to a day. */
function readFreeToRead(free: XmlElement, description: DescriptionBuilder): void {
  const start = attributeOf(free, 'start_date');
  const { published = '' } = description;
  if (published !== '' && start.slice(0, published.length) > published) description.embargoEnds(start);
  else if (attributeOf(free, 'end_date') === '') description.accessRight('open access');
}

/** `ali:license_ref`, and the links in the text. */
function linksWithin(element: XmlElement): string[] {
  return element.children.flatMap((child) => {
    const address =
      attributeOf(child, 'href') || (/^(?:license_ref|uri)$/.test(child.local) ? textOf(child) : '');
    return [...(address === '' ? [] : [address]), ...linksWithin(child)];
  });
}
