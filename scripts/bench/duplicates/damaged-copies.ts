import { figure, type Printer } from '../figures.ts';
import { benchRecords } from '../records.ts';
import { seededRandom, type Random } from '../../random.ts';
import { damaged, damages, shuffled, type DamageName } from './damage.ts';
import { aPerson, described, keyOf, type Described } from './described.ts';
import { exactJoin } from './exact-join.ts';
import { agreement, pairOf, pairsIn } from './pairs.ts';
import { pairsFoundIn } from './resolution.ts';

const SEED = 6;
/** One record in so many is copied. */
const ONE_IN = 5;
/** Characters that a short form's field for the abstract holds. */
const FIELD = 500;

interface Copy {
  /** The copy and what it was made of. */
  pair: string;
  by: readonly DamageName[];
}

/**
 * The benchmark's records, one in five of them in a second repository as well, damaged as repositories damage them. True
 * is each copy with its original. Some hundred records are twice in the data themselves (joint conferences are there under
 * both): pairs of those of the same title and authors are not judged, and counted as false in a figure of their own.
 */
export async function damagedCopies(printer: Printer): Promise<void> {
  const { records, copies, twins } = await withCopies(seededRandom(SEED));
  const truth = new Set(copies.map(({ pair }) => pair));
  const judged = (pairs: ReadonlySet<string>): Set<string> =>
    new Set([...pairs].filter((pair) => truth.has(pair) || !twins.has(pair)));
  const found = await pairsFoundIn(records);
  const ours = agreement(judged(found), truth);
  const rivalPairs = pairsIn(exactJoin(records));
  const rival = agreement(judged(rivalPairs), truth);
  const beside = (ratio: number) => ({ rival: 'same identifier, or title, year and first author', ratio });
  const { precision, recall } = ours;
  printer.print(
    figure(
      'duplicates',
      'damaged copies, precision',
      precision,
      'of 1',
      { atLeast: 0.995 },
      beside(precision / rival.precision),
    ),
  );
  printer.print(
    figure(
      'duplicates',
      'damaged copies, recall',
      recall,
      'of 1',
      { atLeast: 0.97 },
      beside(recall / rival.recall),
    ),
  );
  const strict = agreement(found, truth);
  printer.print(
    figure('duplicates', 'the same, with what the data have twice as false', strict.precision, 'of 1'),
  );
  for (const name of Object.keys(damages) as DamageName[]) {
    const ofKind = copies.filter(({ by }) => by.includes(name));
    const share = (pairs: ReadonlySet<string>): number =>
      ofKind.filter(({ pair }) => pairs.has(pair)).length / ofKind.length;
    printer.print(
      figure(
        'duplicates',
        `recall: ${name} (${ofKind.length.toLocaleString('en')})`,
        share(found),
        'of 1',
        {},
        beside(share(found) / share(rivalPairs)),
      ),
    );
  }
}

/** Every record, and after it its copy where it has one. */
async function withCopies(
  random: Random,
): Promise<{ records: Described[]; copies: Copy[]; twins: Set<string> }> {
  const originals: Described[] = [];
  for await (const record of benchRecords()) originals.push(described('anthology', record));
  const chosen = new Set(shuffled([...originals.keys()], random).slice(0, originals.length / ONE_IN));
  const records: Described[] = [];
  const copies: Copy[] = [];
  const alike = new Map<string, string[]>();
  for (const [i, original] of originals.entries()) {
    records.push(original);
    const said = titleAndAuthors(original);
    const twins = [...(alike.get(said) ?? []), keyOf(original)];
    alike.set(said, twins);
    if (!chosen.has(i)) continue;
    const { record, by } = damaged(asDeposited(original.record, random), random);
    const copy = { repository: 'deposits', record };
    records.push(copy);
    twins.push(keyOf(copy));
    copies.push({ pair: pairOf(keyOf(original), keyOf(copy)), by });
  }
  return { records, copies, twins: pairsIn(alike.values()) };
}

/** The letters of the title, and the authors' last names in any order; without authors a record is like no other. */
function titleAndAuthors(original: Described): string {
  const { titles, creators } = original.record;
  if (creators.length === 0) return keyOf(original);
  const title = (titles[0]?.value ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const surnames = creators.map(({ name }) => name.trim().split(/\s+/).at(-1)?.toLowerCase() ?? '');
  return `${title}/${surnames.sort().join(' ')}`;
}

/** As a repository has it that takes it in without any damage: names in their parts, family first; one abstract in four nobody typed in, and one in eight ends where the form's field does. */
function asDeposited(record: Described['record'], random: Random): Described['record'] {
  const chance = random.integer(8);
  const abstracts = chance < 2 ? [] : record.abstracts;
  return {
    ...record,
    creators: record.creators.map(({ name }) => aPerson(name)),
    abstracts:
      chance === 2
        ? abstracts.map(({ value, ...rest }) => ({ ...rest, value: value.slice(0, FIELD) }))
        : abstracts,
  };
}
