import { seededRandom, type Random } from '../../random.ts';
import { benchRecords, type BenchRecord } from '../records.ts';
import { damaged } from './damage.ts';
import { aPerson, described, type Described } from './described.ts';

const SEED = 1_000_000;
/** One record in so many is a damaged copy of the one before, as in a network of repositories. */
const ONE_IN = 5;
/** From so many records that follow one another a varied one takes its words and names. */
const NEIGHBOURS = 2_000;
/** How many words of its title and of its abstract a varied record keeps. */
const KEPT = 0.5;
/** Pages of a volume on which a varied record may begin. */
const PAGES = 2_000;

/**
 * As many records as are wanted, some thousand at a time: the benchmark's over and over. From the second round on they
 * are others, of the same words, names, years and venues. Nothing is held but some neighbours.
 */
export async function* variedRecords(wanted: number): AsyncGenerator<Described[]> {
  const random = seededRandom(SEED);
  let left = wanted;
  for (let round = 0; left > 0; round++) {
    for await (const neighbours of neighbourhoods()) {
      const records = neighbours
        .map((record) => (round === 0 ? record : varied(record, neighbours, round, random)))
        .flatMap((record) => withCopy(described('varied', record), random))
        .slice(0, left);
      yield records;
      left -= records.length;
      if (left === 0) return;
    }
  }
}

async function* neighbourhoods(): AsyncGenerator<BenchRecord[]> {
  let neighbours: BenchRecord[] = [];
  for await (const record of benchRecords()) {
    neighbours.push(record);
    if (neighbours.length < NEIGHBOURS) continue;
    yield neighbours;
    neighbours = [];
  }
  if (neighbours.length > 0) yield neighbours;
}

function withCopy(original: Described, random: Random): Described[] {
  if (random.integer(ONE_IN - 1) > 0) return [original];
  const creators = original.record.creators.map(({ name }) => aPerson(name));
  const { record } = damaged({ ...original.record, creators }, random);
  return [original, { repository: 'deposits', record }];
}

function varied(
  { id, title, year, authors, doi, ...record }: BenchRecord,
  neighbours: readonly BenchRecord[],
  round: number,
  random: Random,
): BenchRecord {
  const neighbour = (): BenchRecord | undefined => neighbours[random.integer(neighbours.length)];
  const anyOf = (values: readonly string[] | undefined): string | undefined =>
    values?.[random.integer(values.length)];
  const inOtherWords = (text: string, others: readonly string[] | undefined): string =>
    text
      .split(' ')
      .map((word) => (random.uniform() < KEPT ? word : (anyOf(others) ?? word)))
      .join(' ');
  const { abstract, pages } = record;
  return {
    ...record,
    id: `${id}-${round}`,
    title: title
      .split(' ')
      .map((word) => (random.uniform() < KEPT ? word : (anyOf(neighbour()?.title.split(' ')) ?? word)))
      .join(' '),
    ...(abstract !== undefined && { abstract: inOtherWords(abstract, neighbour()?.abstract?.split(' ')) }),
    ...(pages !== undefined && { pages: otherPages(pages, random) }),
    authors: authors.map((author) => {
      const given = author.split(' ').slice(0, -1).join(' ');
      const family = anyOf(neighbour()?.authors)?.split(' ').at(-1) ?? '';
      return `${given} ${family}`.trim();
    }),
    year: neighbour()?.year ?? year,
    ...(doi !== undefined && { doi: `${doi}.${round}` }),
  };
}

/** As many pages somewhere else. */
function otherPages(pages: string, random: Random): string {
  const [from, to] = (pages.match(/\d+/g) ?? []).map(Number);
  if (from === undefined || to === undefined) return pages;
  const start = 1 + random.integer(PAGES);
  return `${start}-${start + Math.max(0, to - from)}`;
}
