import type { Agent } from '../record.ts';
import { organisationIn } from './organisations.ts';
import { withoutRemarks } from './name-remarks.ts';
import type { RepairLog } from './repair.ts';
import { cleanText } from './text.ts';

/**
 * The agents that a creator or contributor field names: persons as `Family, Given` with their parts, organisations by
 * their plain name. A field that lists several gives several; one that says "Anonymous" gives none.
 *
 * Names of persons in natural order are turned round by Western custom: the last word is the family name, with the
 * particles before it. Single words and names of more than six words are left as they are, of unknown kind.
 */
export function cleanAgents(text: string, log: RepairLog): Agent[] {
  const clean = cleanText(text, log);
  const names = splitNames(clean);
  if (names.length > 1) log.add('NAME_SPLIT', clean, names.join('; '));
  const agents: Agent[] = [];
  for (const name of names) {
    const agent = cleanAgent(name, log);
    if (agent !== undefined) agents.push(agent);
  }
  return agents;
}

/** What cataloguers write where there is no name. */
const standIn =
  /^[^\p{L}]*(?:anonym(?:ous|e|us)?|an[oó]nimo|unknown|desconocido|desconhecido|inconnu|n\.?\/?a\.?|none|null|not available|s\.? ?n\.?|sin autor|sem autor|sans auteur|et al\.?|others)?[^\p{L}]*$/iu;

/** No name is longer. */
const longest = 300;

function cleanAgent(written: string, log: RepairLog): Agent | undefined {
  if (written.length > longest) return { name: written, kind: 'unknown' };
  if (standIn.test(written)) {
    log.add('NAME_DROPPED', written, '');
    return undefined;
  }
  const { name, ...known } = withoutRemarks(written);
  if (name === '') return undefined;
  const agent = agentNamed(name);
  if (agent.kind === 'person' && !name.includes(',')) log.add('NAME_INVERTED', written, agent.name);
  else if (agent.name !== written) log.add('NAME_CLEANED', written, agent.name);
  return { ...agent, ...known };
}

function agentNamed(name: string): Agent {
  const comma = name.indexOf(',');
  if (organisationIn(name)) return { name, kind: 'organisation' };
  if (comma > 0) {
    const [family = '', ...rest] = name.split(',').map((part) => part.trim());
    const given = rest.filter((part) => part !== '');
    const onlySuffix = given.length === 1 && suffix.test(given[0]!);
    if (given.length > 0 && !onlySuffix) return person(family, given.join(', '));
    if (onlySuffix) return inNaturalOrder(`${family} ${given[0]!}`);
    return inNaturalOrder(family);
  }
  return inNaturalOrder(name);
}

const suffix = /^(?:jr|sr|junior|senior|filho|neto|júnior|ii|iii|iv)\.?$/i;

/** Particles that belong to the family name after them. */
const particle =
  /^(?:van|von|vom|zu|zum|zur|de|del|della|di|da|das|do|dos|du|des|den|der|la|las|le|les|los|lo|ter|ten|te|op|af|av|al|el|bin|ibn|ben|st|ste|saint|san|santa|mac|ó|o')\.?$/i;

function inNaturalOrder(name: string): Agent {
  const words = name.split(' ');
  if (words.length === 1 || words.length > 6 || !/^[\p{L}\p{M}.'’‘\- ]+$/u.test(name)) {
    return { name, kind: 'unknown' };
  }
  const ending = words.length > 2 && suffix.test(words.at(-1)!) ? words.pop() : undefined;
  // As PubMed has it: Smith JA
  if (/^\p{Lu}{1,3}$/u.test(words.at(-1)!) && words.slice(0, -1).some((word) => /\p{Ll}/u.test(word))) {
    const initials = words.pop()!;
    return person(words.join(' '), withSuffix(initials, ending));
  }
  let start = words.length - 1;
  // Ortega y Gasset
  if (start >= 3 && /^(?:y|e|i)$/.test(words[start - 1]!)) start -= 2;
  while (start > 1 && particle.test(words[start - 1]!)) start -= 1;
  return person(words.slice(start).join(' '), withSuffix(words.slice(0, start).join(' '), ending));
}

function withSuffix(given: string, ending: string | undefined): string {
  return ending === undefined ? given : `${given}, ${ending}`;
}

function person(writtenFamily: string, writtenGiven: string): Agent {
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
function inLowerCase(name: string): string {
  return name.replace(/\p{L}+/gu, (word, at: number) => {
    const lower = word.toLowerCase();
    if (at > 0 && particle.test(lower)) return lower;
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

/** Several names in one field: by semicolons, "and" between persons, or as "Smith, J., Doe, A.". */
function splitNames(text: string): string[] {
  if (text.includes(';'))
    return text
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  if (text.length > longest * 10) return [text];
  if (/ (?:and|&) /.test(text) && !organisationIn(text)) {
    const names = text.split(/,? (?:and|&) /).flatMap(pairs);
    if (names.every((name) => /\p{L}[ ,.]+\p{L}/u.test(name))) return names;
  }
  return pairs(text);
}

function pairs(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  const areInitials = (part: string): boolean => /^(?:\p{Lu}\.? ?-?){1,4}$/u.test(part);
  if (
    parts.length < 4 ||
    parts.length % 2 === 1 ||
    !parts.every((part, i) => i % 2 === 0 || areInitials(part))
  ) {
    return [text];
  }
  return Array.from({ length: parts.length / 2 }, (_, i) => `${parts[2 * i]}, ${parts[2 * i + 1]}`);
}
