import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';

/** Outside the project, where it may not be; see its NOTES.md for what it is and for the rival's figures. */
const data = new URL('../../../../shared/data/related/', import.meta.url);

interface Collection {
  documents: { id: string; title: string; abstract?: string }[];
  /** By seed: the grade of each related document. */
  related: Map<string, Map<string, number>>;
}

function load(name: string): Collection {
  const lines = gunzipSync(readFileSync(new URL(`${name}.docs.jsonl.gz`, data)))
    .toString()
    .trim()
    .split('\n');
  const related = new Map<string, Map<string, number>>();
  for (const line of readFileSync(new URL(`${name}.related.tsv`, data), 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const [seed = '', other = '', grade] = line.split('\t');
    related.set(seed, (related.get(seed) ?? new Map<string, number>()).set(other, Number(grade)));
  }
  return { documents: lines.map((line) => JSON.parse(line) as Collection['documents'][number]), related };
}

/** Normalised discounted cumulative gain of the first ten, with gain 2^grade - 1 (Järvelin and Kekäläinen, 2002). */
function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (list: readonly number[]): number =>
    list.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  return gain(found.map((id) => grades.get(id) ?? 0)) / gain([...grades.values()].sort((a, b) => b - a));
}

async function measure({ documents, related }: Collection): Promise<number> {
  const test = await aCatalogue();
  try {
    await test.catalogue.put(
      documents.map(({ id, title, abstract }) =>
        aPut(Number(id), {
          titles: [{ value: title }],
          abstracts: abstract === undefined ? [] : [{ value: abstract }],
        }),
      ),
    );
    const index = new TextIndex();
    await (await test.run(index)).caughtUp();
    const keyOf = (id: string): string => recordKey(test.catalogue.node, `oai:repository.example:${id}`);
    const idOf = new Map(documents.map(({ id }) => [keyOf(id), id]));
    let sum = 0;
    for (const [seed, grades] of related) {
      const found = await index.similarTo(keyOf(seed), 10);
      sum += ndcg(
        found.map(({ key }) => idOf.get(key) ?? ''),
        grades,
      );
    }
    return sum / related.size;
  } finally {
    await test.close();
  }
}

describe('the quality of similar records (nDCG@10, SQLite FTS5 with bm25 in brackets)', () => {
  for (const { name, rival } of [
    { name: 'cisi', rival: 0.212 },
    { name: 'cranfield', rival: 0.338 },
  ]) {
    const isThere = existsSync(new URL(`${name}.docs.jsonl.gz`, data));
    const title = `is a tenth above the rival's on ${name} (${rival})`;
    (isThere ? it : it.skip)(isThere ? title : `${title}: skipped, ../shared/data is not here`, async () => {
      expect(await measure(load(name))).to.be.above(rival * 1.1);
    });
  }
});
