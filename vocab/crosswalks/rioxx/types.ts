import { nearestType } from '../../coar/index.ts';

/** RIOXX 2's list of types (https://www.rioxx.net/profiles/v2-0-final/, rioxxterms:type), by COAR Resource Types. */
const terms: readonly (readonly [id: string, term: string])[] = [
  ['c_2f33', 'Book'],
  ['c_3248', 'Book chapter'],
  ['c_2f33', 'Book edited'],
  ['c_c94f', 'Conference Paper/Proceeding/Abstract'],
  ['c_6501', 'Journal Article/Review'],
  ['c_71bd', 'Manual/Guide'],
  ['c_2f33', 'Monograph'],
  ['c_186u', 'Policy briefing report'],
  ['c_18gh', 'Technical Report'],
  ['c_71bd', 'Technical Standard'],
  ['c_46ec', 'Thesis'],
  ['c_1843', 'Other'],
  ['c_93fc', 'Consultancy Report'],
  ['c_8042', 'Working paper'],
];

const base = 'http://purl.org/coar/resource_type/';

const byTerm = new Map(terms.map(([id, term]) => [term.toLowerCase(), base + id]));

/** A report of which no more is said is no consultancy report. */
const written = Object.fromEntries(terms.filter(([id]) => id !== 'c_93fc').toReversed());

/** The COAR concept of a term of the list. */
export function typeOfTerm(term: string): string | undefined {
  return byTerm.get(term.trim().toLowerCase());
}

/** The term for a COAR concept, or for the nearest wider one that the list has. */
export function termOfType(type: string | undefined): string {
  return nearestType(type, written) ?? 'Other';
}
