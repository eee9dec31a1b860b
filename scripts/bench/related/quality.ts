import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { figure, type Printer } from '../figures.ts';
import { withDirectory } from '../processes.ts';
import { root } from '../records.ts';
import { fts5, type Text } from './fts5.ts';
import { OwnIndex } from './own-index.ts';

const folder = new URL('../shared/data/related/', root);
const COLLECTIONS = ['cisi', 'cranfield'];
/** The rival's figure, and ours above it. */
const ABOVE = 1.1;
const SHOWN = 10;

interface Collection {
  texts: Text[];
  /** By seed: the grade of each related document. */
  related: Map<string, Map<string, number>>;
}

/** How good what is found is, on collections with judgements, with what each signal adds. */
export async function quality(printer: Printer): Promise<void> {
  for (const name of COLLECTIONS) {
    if (!existsSync(new URL(`${name}.docs.jsonl.gz`, folder))) {
      printer.leaveOut(`nDCG@10 on ${name}`, '../shared/data is not here');
      continue;
    }
    const collection = await load(name);
    await withDirectory((directory) => measure(printer, name, collection, directory));
  }
}

async function measure(
  printer: Printer,
  name: string,
  { texts, related }: Collection,
  directory: string,
): Promise<void> {
  const seeds = [...related.keys()];
  const answers = await fts5(join(directory, 'works.db'), texts, seeds);
  const mean = (found: readonly (readonly string[])[]): number =>
    found.reduce((sum, ids, i) => sum + ndcg(ids, related.get(seeds[i] ?? '') ?? new Map()), 0) /
    seeds.length;
  const rival = answers === undefined ? undefined : mean(answers.found);
  const print = (what: string, value: number, isWhole: boolean): void =>
    printer.print(
      figure(
        'related',
        `nDCG@10 on ${name}, ${what}`,
        value,
        'of 1',
        isWhole && rival !== undefined ? { atLeast: Number((rival * ABOVE).toFixed(3)) } : {},
        rival === undefined
          ? undefined
          : { rival: `SQLite ${answers?.version} FTS5 (${rival.toFixed(3)})`, ratio: value / rival },
      ),
    );
  const titles = await OwnIndex.of(join(directory, 'titles'), () =>
    texts.map(({ id, title }) => ({ id, title })),
  );
  const whole = await OwnIndex.of(join(directory, 'whole'), () => texts);
  const all = async (
    own: OwnIndex,
    ask: (key: string) => Promise<readonly { key: string }[]>,
  ): Promise<number> => {
    const found: string[][] = [];
    for (const seed of seeds) found.push(await own.found(seed, ask));
    return mean(found);
  };
  try {
    const alone = { isHeard: false };
    print('words of titles', await all(titles, (key) => titles.index.similarTo(key, SHOWN, alone)), false);
    print('and of abstracts', await all(whole, (key) => whole.index.similarTo(key, SHOWN, alone)), false);
    print("and of neighbours' texts", await all(whole, (key) => whole.index.similarTo(key, SHOWN)), false);
    print('as related items', await all(whole, (key) => whole.related.related(key, SHOWN)), true);
  } finally {
    await titles.close();
    await whole.close();
  }
}

async function load(name: string): Promise<Collection> {
  const bytes = await promisify(gunzip)(await readFile(new URL(`${name}.docs.jsonl.gz`, folder)));
  const texts = bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Text);
  const related: Collection['related'] = new Map();
  const lines = (await readFile(new URL(`${name}.related.tsv`, folder), 'utf8')).trim().split('\n');
  for (const line of lines.slice(1)) {
    const [seed = '', other = '', grade] = line.split('\t');
    related.set(seed, (related.get(seed) ?? new Map<string, number>()).set(other, Number(grade)));
  }
  return { texts, related };
}

/** Normalised discounted cumulative gain of the first ten, with gain 2^grade - 1 (Järvelin and Kekäläinen, 2002). */
function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (list: readonly number[]): number =>
    list.slice(0, SHOWN).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  return gain(found.map((id) => grades.get(id) ?? 0)) / gain([...grades.values()].sort((a, b) => b - a));
}
