import type { Record } from '../../record.ts';
import { element, type XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';

/*
 * RIOXX 2 (https://www.rioxx.net/profiles/v2-0-final/, ali:license_ref) and NISO RP-22-2021, Access and License
 * Indicators: of several licences the one that begins last stands; an embargo is a licence, or free_to_read, that begins
 * in the future.
 */

const reserved = 'http://www.rioxx.net/licenses/all-rights-reserved';
const underEmbargo = 'http://www.rioxx.net/licenses/under-embargo-all-rights-reserved';

/** Whether an address is one of those by which RIOXX says that there is no licence. */
export function isReserved(address: string): boolean {
  return /rioxx\.net\/licen[cs]es\/(?:under-embargo-)?all-rights-reserved/i.test(address);
}

/** Whether an address is the one by which RIOXX says that there is no licence yet. */
export function isUnderEmbargo(address: string): boolean {
  return isReserved(address) && /under-embargo/i.test(address);
}

/** Free to read from a day on, or from the beginning; what was free until a day is not so now. There is one at most. */
export function readFreeToRead([element]: readonly XmlElement[], description: DescriptionBuilder): void {
  if (element === undefined) return;
  const start = attributeOf(element, 'start_date');
  if (isAfterPublication(start, description)) description.embargoEnds(start);
  else if (attributeOf(element, 'end_date') === '' && !/^(?:no|false|0)$/i.test(textOf(element)))
    description.accessRight('open access');
}

export function readLicences(elements: readonly XmlElement[], description: DescriptionBuilder): void {
  const licences = elements
    .map((element) => ({ address: textOf(element), start: attributeOf(element, 'start_date') }))
    .toSorted((one, other) => other.start.localeCompare(one.start));
  const [standing] = licences.filter(({ address }) => !isReserved(address));
  for (const { address } of licences) if (!isReserved(address)) description.licence(address);
  if (licences.some(({ address }) => isUnderEmbargo(address))) description.accessRight('embargoed access');
  if (standing !== undefined && isAfterPublication(standing.start, description))
    description.embargoEnds(standing.start);
}

/**
 * Whether a day is later than the day of publication. Where only the year of that is known, or nothing, it may be: rather
 * an embargo that has ended long ago than one that is overlooked.
 */
function isAfterPublication(day: string, { published = '' }: DescriptionBuilder): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(day) && day > firstDay(published);
}

function firstDay(date: string): string {
  return date + '0000-01-01'.slice(date.length);
}

/** free_to_read, as far as it can say it: nothing is written of what is restricted. */
export function freeToReadXml({ access }: Record): string[] {
  if (access?.right === 'open') return [element('ali:free_to_read')];
  if (access?.right !== 'embargoed' || access.embargoEnds === undefined) return [];
  return [element('ali:free_to_read', { start_date: access.embargoEnds })];
}

/** The licence from publication or from the end of an embargo on, and what stands until then. */
export function licencesXml({ licence, access, published }: Record): string[] {
  const begins = published === undefined ? undefined : firstDay(published);
  const licenceRef = (address: string, start_date: string | undefined): string =>
    element('ali:license_ref', { start_date }, address);
  if (access?.right !== 'embargoed') return [licenceRef(licence ?? reserved, begins)];
  const later = licence === undefined ? [] : [licenceRef(licence, access.embargoEnds ?? begins)];
  return [licenceRef(underEmbargo, begins), ...later];
}
