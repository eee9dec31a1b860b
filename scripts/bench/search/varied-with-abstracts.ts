import { seededRandom, type Random } from '../../random.ts';
import { changeTo, variedRecords, type Described } from '../duplicates/index.ts';
import { benchRecords } from '../records.ts';
import type { Change } from '../../../node/catalogue/index.ts';

const SEED = 2_000_000;
/** One word of an abstract in so many is new: the vocabulary goes on growing, as that of real texts does. */
const NEW_WORD = 100;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** As many changes as are wanted: varied records, each with an abstract of the benchmark's, over and over. */
export async function* variedWithAbstracts(wanted: number): AsyncGenerator<Change> {
  const random = seededRandom(SEED);
  const abstracts = abstractsOverAndOver();
  let position = 0;
  for await (const records of variedRecords(wanted)) {
    for (const described of records) {
      const { value = '' } = await abstracts.next();
      position += 1;
      yield changeTo(withAbstract(described, value, random), position);
    }
  }
  await abstracts.return(undefined);
}

async function* abstractsOverAndOver(): AsyncGenerator<string, undefined> {
  for (;;) for await (const { abstract = '' } of benchRecords()) yield abstract;
}

function withAbstract({ repository, record }: Described, abstract: string, random: Random): Described {
  if (abstract === '') return { repository, record };
  const value = abstract
    .split(' ')
    .map((word) => (random.integer(NEW_WORD) === 0 ? misspelt(word, random) : word))
    .join(' ');
  return { repository, record: { ...record, abstracts: [{ value, language: 'en' }] } };
}

function misspelt(word: string, random: Random): string {
  const at = random.integer(word.length + 1);
  const letter = (): string => LETTERS.charAt(random.integer(LETTERS.length));
  return word.slice(0, at) + letter() + letter() + word.slice(at);
}
