import type { Reference } from '../../../vocab/record.ts';
import { citedProfile } from './cited-profile.ts';
import { lettersWithMarks, withoutMarks } from './letters.ts';

/** Fewer letters are no title that tells. */
const TELLING_LETTERS = 15;

/** By what a reference is known again in another list: its identifiers, and its title with the year. */
export function referenceNames(reference: Reference): string[] {
  const { title = '', year = '' } = reference;
  const letters = withoutMarks(lettersWithMarks(title));
  const names = [...citedProfile(reference).identifiers];
  if (letters.length >= TELLING_LETTERS) names.push(`title=${letters} ${year}`);
  return names;
}
