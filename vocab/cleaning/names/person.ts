import type { Agent } from '../../record.ts';

/** Particles that belong to the family name after them. */
export const particle =
  /^(?:van|von|vom|zu|zum|zur|de|del|della|dello|degli|dei|di|da|das|do|dos|du|des|d'|den|der|het|'t|la|las|le|les|los|lo|ter|ten|te|op|af|av|al|el|bin|bint|binti|ibn|ben|st|ste|saint|san|santa|mac|nic|ó|ní|uí|o')\.?$/i;

/** A person by family and given name, with capitals and initials put right. */
export function person(writtenFamily: string, writtenGiven: string): Agent {
  let family = writtenFamily;
  let given = writtenGiven;
  // Capitals all over ("LI, WEI"), or a family name in capitals, as in French ("DUPONT, Jean"); "LI, Wei" may be meant.
  const shouted = /\p{Lu}{3}/u.test(given) && !/\p{Ll}/u.test(family + given);
  if (shouted || isInCapitals(family)) family = inLowerCase(family);
  if (shouted) given = given.replace(/\p{Lu}{3,}/gu, inLowerCase);
  given = withInitials(given);
  return { name: `${family}, ${given}`, family, given, kind: 'person' };
}

/** Acronyms that could be read as a name. */
const acronym =
  /^(?:acm|bid|cia|ecb|eea|eia|epa|esa|fao|fbi|fmi|ibm|idb|iea|ifc|ilo|imf|iso|itu|mit|nih|oas|oea|oie|oit|oms|onu|uae|uno|usa|who)$/i;

/** "ROY", "McDONALD", "van der BERG", "O'NEILL"; not "IBM", and no initials ("JKR"). */
function isInCapitals(family: string): boolean {
  const words = family.split(/[ -]/).filter((word) => !/^\p{Ll}/u.test(word) || !particle.test(word));
  const lacking = words.filter((word) => {
    const [, rest = ''] = /^(?:Mc|Mac|\p{Lu}['’])?(.*)$/u.exec(word) ?? [];
    return /\p{Ll}/u.test(rest);
  });
  return lacking.length === 0 && words.some(isWordInCapitals);
}

function isWordInCapitals(word: string): boolean {
  if (/\p{Lu}{4}/u.test(word)) return true;
  return /\p{Lu}{3}/u.test(word) && /[AEIOUY]/.test(word.normalize('NFD')) && !acronym.test(word);
}

/** "GARCÍA MÁRQUEZ" and "MCDONALD" as names are written. */
export function inLowerCase(name: string): string {
  return name.replace(/\p{L}+/gu, (word, at: number) => {
    const lower = word.toLowerCase();
    if (lower === word || (at > 0 && (particle.test(lower) || lower === 'y'))) return lower;
    const mac = /^Mac(\p{Lu})(\p{Lu}+)$/u.exec(word);
    if (mac !== null) return `Mac${mac[1]}${mac[2]?.toLowerCase()}`;
    const [first = ''] = Array.from(word);
    return (first + lower.slice(first.length)).replace(
      /^Mc(\p{Ll})/u,
      (_, letter: string) => `Mc${letter.toUpperCase()}`,
    );
  });
}

/** Initials each with its point and apart: "JA", "J.A.", "J A" are "J. A."; "J.-P." stays. */
function withInitials(given: string): string {
  if (!/(?:^| )\p{Lu}{1,3}(?= |,|$)|\p{Lu}\.\p{Lu}/u.test(given)) return given;
  const single = /^\p{Lu}{2,3}$/u.test(given);
  return given
    .split(' ')
    .map((word) => {
      if (single) return Array.from(word, (letter) => `${letter}.`).join(' ');
      if (/^\p{Lu}$/u.test(word)) return `${word}.`;
      return word.replace(/(\p{Lu}\.)(?=\p{Lu})/gu, '$1 ');
    })
    .join(' ');
}
