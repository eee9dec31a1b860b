import { givenNames } from './given-names.ts';
import { organisationIn } from './organisations.ts';

/** Of a field with several names. */
const longest = 3000;

const conjunction = /,? (?:and|&|y|e|et|und) /;

/** Several names in one field: by semicolons or bars, by "and" between persons, or as "Smith, J., Doe, A.". */
export function splitNames(text: string): string[] {
  if (/[;|]/.test(text)) {
    return text
      .split(/[;|]/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }
  if (text.length > longest) return [text];
  if (conjunction.test(text) && !organisationIn(text)) {
    const names = text.split(conjunction).flatMap(commaList);
    // "Ortega y Gasset" has one word behind; so has "Ramón y Cajal".
    if (names.every((name) => /\p{L}[ ,.]+\p{L}/u.test(name) && /^\p{Lu}/u.test(name))) return names;
  }
  return commaList(text);
}

const initials = /^(?:\p{Lu}\.? ?-?){1,4}$/u;
const fullName = /^(?:\p{Lu}[\p{L}\p{M}.'’-]*)(?: [\p{L}\p{M}.'’-]+){1,3}$/u;

/** "Smith, J., Doe, A." and "John Smith, Ann Doe, B. Roe". */
function commaList(text: string): string[] {
  const parts = text.split(/\s*,\s*(?:(?:and|&) )?/).filter((part) => part !== '');
  if (parts.length >= 2 && parts.every(isFullName)) return parts;
  if (parts.length < 4 || parts.length % 2 === 1) return [text];
  if (!parts.every((part, i) => i % 2 === 0 || initials.test(part))) return [text];
  return Array.from({ length: parts.length / 2 }, (_, i) => `${parts[2 * i]}, ${parts[2 * i + 1]}`);
}

/** Begins with a given name, or an initial, and goes on with a word. */
function isFullName(part: string): boolean {
  if (!fullName.test(part)) return false;
  const first = part.slice(0, part.indexOf(' '));
  return /^\p{Lu}\.$/u.test(first) || givenNames.has(first);
}
