import { keyOf, type Described } from './described.ts';
import { joined } from './pairs.ts';

/**
 * The method that most aggregators begin with, as the rival: records are of one work where they have an identifier in
 * common, or the same title (letters and digits only), year and surname of the first author.
 */
export function exactJoin(records: Iterable<Described>): string[][] {
  const firstWith = new Map<string, string>();
  const links: [string, string][] = [];
  for (const described of records) {
    const key = keyOf(described);
    for (const said of saidBy(described)) {
      const first = firstWith.get(said);
      if (first === undefined) firstWith.set(said, key);
      else links.push([first, key]);
    }
  }
  return joined(links);
}

function saidBy({ record }: Described): string[] {
  const { identifiers, titles, creators, published = '' } = record;
  const letters = (text: string): string =>
    text
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const [author] = creators;
  const surname = author?.family ?? author?.name.split(' ').at(-1) ?? '';
  return [
    ...identifiers.map(({ scheme, value }) => `${scheme}:${value}`),
    ...titles.map(({ value }) => `${letters(value)}/${published.slice(0, 4)}/${letters(surname)}`),
  ];
}
