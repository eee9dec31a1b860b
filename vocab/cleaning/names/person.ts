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
  if (shouted || (/\p{Lu}{4}/u.test(family) && !/\p{Ll}/u.test(family))) family = inLowerCase(family);
  if (shouted) given = given.replace(/\p{Lu}{3,}/gu, inLowerCase);
  given = withInitials(given);
  return { name: `${family}, ${given}`, family, given, kind: 'person' };
}

/** "GARCÍA MÁRQUEZ" and "MCDONALD" as names are written. */
export function inLowerCase(name: string): string {
  return name.replace(/\p{L}+/gu, (word, at: number) => {
    const lower = word.toLowerCase();
    if (at > 0 && (particle.test(lower) || lower === 'y')) return lower;
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
