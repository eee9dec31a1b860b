import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import type { Agent } from '../../../vocab/record.ts';
import type { Random } from '../../random.ts';
import { inSpanish, translated } from './translated-title.ts';

/**
 * What repositories do to a description on its way: each takes a record and gives the damaged one, or undefined where
 * there is nothing to damage in that way.
 */
type Damage = (record: HarvestedRecord, random: Random) => HarvestedRecord | undefined;

export const damages = {
  typos,
  initials,
  'missing fields': missingFields,
  'translated title': translatedTitle,
  'other year': otherYear,
  'other DOI': otherDoi,
  'reordered authors': reorderedAuthors,
  'lost accents': lostAccents,
  'HTML in the title': htmlInTitle,
  'subtitle dropped': subtitleDropped,
  'capitals only': capitalsOnly,
} satisfies Record<string, Damage>;

export type DamageName = keyof typeof damages;

const names = Object.keys(damages) as DamageName[];

/** One to three damages, by chance. @returns which they are, too */
export function damaged(
  record: HarvestedRecord,
  random: Random,
): { record: HarvestedRecord; by: DamageName[] } {
  const wanted = 1 + random.integer(3);
  const by: DamageName[] = [];
  let result = record;
  for (const name of shuffled(names, random)) {
    if (by.length === wanted) break;
    const next = damages[name](result, random);
    if (next === undefined) continue;
    result = next;
    by.push(name);
  }
  return { record: result, by };
}

/** One or two slips in the title and in the abstract, and one in a name in every third record. */
function typos(record: HarvestedRecord, random: Random): HarvestedRecord {
  const slips = 1 + random.integer(2);
  let result = record;
  for (let i = 0; i < slips; i++) {
    result = retitled(result, (title) => slipped(title, random));
    result = summarised(result, (abstract) => slipped(abstract, random));
  }
  if (random.integer(3) > 0 || record.creators.length === 0) return result;
  const at = random.integer(record.creators.length);
  const creators = record.creators.map((agent, i) =>
    i === at ? { ...agent, name: slipped(agent.name, random) } : agent,
  );
  // A name that is typed wrongly comes in one piece.
  return {
    ...result,
    creators: creators.map((agent, i) => (i === at ? { name: agent.name, kind: agent.kind } : agent)),
  };
}

/** A letter left out, doubled, swapped with the next, or another one. */
function slipped(text: string, random: Random): string {
  const letters = Array.from(text);
  const places = letters.flatMap((letter, i) => (/\p{L}/u.test(letter) && i > 0 ? [i] : []));
  const at = places[random.integer(Math.max(1, places.length))];
  if (at === undefined) return text;
  const letter = letters[at] ?? '';
  const slips = [
    () => [],
    () => [letter, letter],
    () => [letters[at + 1] ?? '', letter],
    () => ['etaoinsr'[random.integer(8)] ?? ''],
  ];
  const slip = random.integer(slips.length);
  letters.splice(at, slip === 2 ? 2 : 1, ...(slips[slip]?.() ?? []));
  return letters.join('');
}

function initials({ creators, ...record }: HarvestedRecord): HarvestedRecord | undefined {
  if (!creators.some(({ given }) => given !== undefined)) return undefined;
  return { ...record, creators: creators.map(withInitials) };
}

function withInitials({ family, given, ...agent }: Agent): Agent {
  if (family === undefined || given === undefined) return agent;
  const short = given
    .split(/[\s-]+/)
    .map((name) => `${Array.from(name)[0] ?? ''}.`)
    .join(' ');
  return { ...agent, name: `${family}, ${short}`, family, given: short };
}

/** Two or three of year, identifiers, source, pages and publisher; every other abstract; of authors all but the first, seldom the first too. */
function missingFields(record: HarvestedRecord, random: Random): HarvestedRecord {
  const { published, source, publisher, ...rest } = record;
  const [isYearKept, areIdentifiersKept, isSourceKept, isPublisherKept] = shuffled(
    [true, random.integer(2) === 0, false, false],
    random,
  );
  const fate = random.integer(20);
  return {
    ...rest,
    creators: fate === 0 ? [] : fate < 5 ? rest.creators.slice(0, 1) : rest.creators,
    identifiers: areIdentifiersKept ? rest.identifiers : [],
    abstracts: random.integer(2) === 0 ? rest.abstracts : [],
    ...(isYearKept && published !== undefined && { published }),
    ...(isSourceKept && source !== undefined && { source }),
    ...(isPublisherKept && publisher !== undefined && { publisher }),
  };
}

/** Into Spanish, and the abstract with it; every other repository has the original title beside it, and the original abstract. */
function translatedTitle(record: HarvestedRecord, random: Random): HarvestedRecord | undefined {
  const [title] = record.titles;
  const value = title === undefined ? undefined : translated(title.value);
  if (title === undefined || value === undefined) return undefined;
  const translation = { value, language: 'es' };
  if (random.integer(2) === 0) return { ...record, titles: [translation, title] };
  const abstracts = record.abstracts.map((abstract) => ({
    value: inSpanish(abstract.value).text,
    language: 'es',
  }));
  return { ...record, titles: [translation], abstracts };
}

/** Of the deposit, or of the preprint. */
function otherYear(record: HarvestedRecord, random: Random): HarvestedRecord | undefined {
  const year = Number(record.published?.slice(0, 4));
  if (!(year > 0)) return undefined;
  return { ...record, published: String(year + (random.integer(3) === 0 ? -1 : 1)) };
}

/** The repository's own, in place of the publisher's. */
function otherDoi(record: HarvestedRecord, random: Random): HarvestedRecord | undefined {
  if (!record.identifiers.some(({ scheme }) => scheme === 'doi')) return undefined;
  const value = `10.5281/zenodo.${1_000_000 + random.integer(9_000_000)}`;
  return { ...record, identifiers: [{ scheme: 'doi', value }] };
}

function reorderedAuthors(record: HarvestedRecord, random: Random): HarvestedRecord | undefined {
  if (record.creators.length < 2) return undefined;
  const byName = [...record.creators].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...record, creators: random.integer(2) === 0 ? byName : shuffled(record.creators, random) };
}

/** Plain letters, question marks, or UTF-8 read as Latin-1. */
function lostAccents(record: HarvestedRecord, random: Random): HarvestedRecord | undefined {
  const ways = [
    (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    (text: string) => text.normalize('NFC').replaceAll(/[^\p{ASCII}]/gu, '?'),
    (text: string) => Buffer.from(text).toString('latin1'),
  ] as const;
  const lose = ways[random.integer(ways.length)] ?? ways[0];
  const all = [...record.titles.map(({ value }) => value), ...record.creators.map(({ name }) => name)];
  if (all.every((text) => lose(text) === text)) return undefined;
  const creators = record.creators.map(({ name, family, given, ...agent }) => ({
    ...agent,
    name: lose(name),
    ...(family !== undefined && { family: lose(family) }),
    ...(given !== undefined && { given: lose(given) }),
  }));
  return { ...summarised(retitled(record, lose), lose), creators };
}

/** Tags around a word of the title, as text or as entities, and entities for what needs none; the abstract in paragraphs. */
function htmlInTitle(record: HarvestedRecord, random: Random): HarvestedRecord {
  const pairs = [
    ['<i>', '</i>'],
    ['&lt;em&gt;', '&lt;/em&gt;'],
    ['<b>', '</b>'],
    ['<span class="title">', '</span>'],
  ] as const;
  const [open, close] = pairs[random.integer(pairs.length)] ?? pairs[0];
  const inEntities = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll(/['’]/g, '&#39;').replaceAll('"', '&quot;');
  const inParagraphs = summarised(record, (abstract) => `<p>${inEntities(abstract)}</p>`);
  return retitled(inParagraphs, (title) => {
    const words = inEntities(title).split(' ');
    const at = random.integer(words.length);
    return words.map((word, i) => (i === at ? `${open}${word}${close}` : word)).join(' ');
  });
}

function subtitleDropped(record: HarvestedRecord): HarvestedRecord | undefined {
  const short = (title: string): string | undefined => /^(.{8,}?)(?:: | [-–—] |\? )/u.exec(title)?.[1];
  const isLong = record.titles.some(({ value }) => short(value) !== undefined);
  return isLong ? retitled(record, (title) => short(title) ?? title) : undefined;
}

/** With the full stop that some catalogues put behind a title. */
function capitalsOnly(record: HarvestedRecord): HarvestedRecord {
  return retitled(record, (title) => `${title.toUpperCase()}.`);
}

function retitled(record: HarvestedRecord, change: (title: string) => string): HarvestedRecord {
  return {
    ...record,
    titles: record.titles.map(({ value, ...title }) => ({ ...title, value: change(value) })),
  };
}

function summarised(record: HarvestedRecord, change: (abstract: string) => string): HarvestedRecord {
  return {
    ...record,
    abstracts: record.abstracts.map(({ value, ...abstract }) => ({ ...abstract, value: change(value) })),
  };
}

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
