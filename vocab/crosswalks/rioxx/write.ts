import type { Record } from '../../record.ts';
import { element } from '../../xml/index.ts';
import { citationText } from '../journal-citation.ts';
import { textElements } from '../xml-table.ts';

/** Each function writes elements that both versions have in the same form. */

/** Not more than one: the ISSN or ISBN, as recommended, else the citation. */
export function partOfXml({ relations, source }: Record): string[] {
  const whole = relations.find(
    ({ kind, target }) => kind === 'isPartOf' && (target.scheme === 'issn' || target.scheme === 'isbn'),
  );
  if (whole !== undefined) return textElements('dc:source', [whole.target.value]);
  return textElements('dc:source', [source && citationText(source)]);
}

/** Funding without a funder has no element here. */
export function fundingXml(name: string, { funding }: Record): string[] {
  return funding.flatMap(({ funder, funderId, award = '' }) => {
    if (funder === undefined && funderId === undefined) return [];
    return element(name, { funder_name: funder, funder_id: funderId }, award);
  });
}
