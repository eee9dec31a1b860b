import { resourceTypes, versions } from '../../../vocab/coar/index.ts';
import type { Record } from '../../../vocab/record.ts';

/* What the rules have to know of an item before they can say whether they are for it. */

const COAR_TYPE = 'http://purl.org/coar/resource_type/';
/** Contribution to journal, conference output, book part: what is published as part of something larger. */
const PARTS: ReadonlySet<string> = new Set(['c_3e5a', 'c_c94f', 'c_3248'].map((id) => COAR_TYPE + id));

/** Whether an item is, by its type or a wider one, part of a journal, of proceedings or of a book. */
export function isPartOfLarger({ type }: Pick<Record, 'type'>): boolean {
  if (type === undefined) return false;
  for (let concept = resourceTypes.byUri(type); concept !== undefined;) {
    if (PARTS.has(concept.uri)) return true;
    concept = concept.broader === undefined ? undefined : resourceTypes.byUri(concept.broader);
  }
  return false;
}

/** Whether something in the record says that the work was published: its type, version, DOI, or where it appeared. */
export function isPublished(record: Record): boolean {
  return (
    record.publishedDoi !== undefined ||
    record.source?.title !== undefined ||
    isVersionOfRecord(record) ||
    (isPartOfLarger(record) && !isDraft(record))
  );
}

/** Whether the item is the published version itself, or a later one. */
export function isVersionOfRecord({ version }: Pick<Record, 'version'>): boolean {
  return ['VoR', 'CVoR', 'EVoR'].includes(abbreviationOf(version));
}

/** Whether the item is an author's original or under review: nothing need have been published yet. */
export function isDraft({ version }: Pick<Record, 'version'>): boolean {
  return ['AO', 'SMUR'].includes(abbreviationOf(version));
}

function abbreviationOf(version: string | undefined): string {
  return (version === undefined ? undefined : versions.byUri(version))?.abbreviation ?? '';
}

/** Whether a value is an address on the web. */
export function isWebAddress(text: string | undefined): boolean {
  return text !== undefined && /^https?:\/\/[^/\s]+/.test(text);
}
