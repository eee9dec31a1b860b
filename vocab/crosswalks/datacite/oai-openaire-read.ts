import type { Property } from './property.ts';
import { saysEmbargo } from './read.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { pageRange } from '../page-range.ts';

/** Each function reads one element of OpenAIRE's own, or all of one kind where they tell something only together. */

/** Of several licences the one that begins last: it stands in the end. The date is an embargo's where there is one. */
export function readLicences(resource: Property, description: DescriptionBuilder): void {
  const conditions = resource
    .all('licenseCondition')
    .map((condition) => ({ condition, startDate: condition.get('startDate') }))
    .toSorted((one, other) => other.startDate.localeCompare(one.startDate));
  for (const { condition } of conditions) {
    description.licence(condition.get('uri'));
    description.licence(condition.text);
  }
  const [last] = conditions;
  if (last !== undefined && last.startDate !== '' && resource.all('rights').some(saysEmbargo))
    description.embargoEnds(last.startDate);
}

export function readFile(file: Property, description: DescriptionBuilder): void {
  if (file.text === '') return;
  description.file(file.text, { format: file.get('mimeType'), access: file.get('accessRightsURI') });
}

export function readPlace(resource: Property, description: DescriptionBuilder): void {
  const part = (name: string): string => resource.all(name)[0]?.text ?? '';
  description.journal({
    title: part('citationTitle'),
    volume: part('citationVolume'),
    issue: part('citationIssue'),
    pages: pageRange(part('citationStartPage'), part('citationEndPage')),
  });
}
