import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { openStore } from '../../../node/store/index.ts';
import { DrivenDuplicates, keyOf } from './driven-duplicates.ts';

const DATA = resolve('../shared/data/dblp-acm');

interface BenchmarkRecord {
  id: string;
  source: string;
  title: string;
  authors: string[];
  venue: string;
  year: string;
}

describe('duplicates on DBLP-ACM, two bibliographies of the same field', () => {
  it('finds nine in ten of the true pairs, and hardly a false one', async function () {
    if (!existsSync(DATA)) {
      console.log(`      skipped: the data set is not in ${DATA}`);
      this.skip();
    }
    const records = gunzipSync(readFileSync(join(DATA, 'records.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as BenchmarkRecord);
    const truth = new Set(readFileSync(join(DATA, 'duplicates.tsv'), 'utf8').trim().split('\n').slice(1));
    const found = await pairsFound(records);
    const right = [...found].filter((pair) => truth.has(pair)).length;
    expect(right / found.size, 'precision').to.be.above(0.99);
    expect(right / truth.size, 'recall').to.be.above(0.9);
  });
});

/** Pairs across the two sources that lie in one work, as in the file of true pairs. */
async function pairsFound(records: readonly BenchmarkRecord[]): Promise<Set<string>> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  const store = await openStore(directory);
  try {
    const section = store.section('duplicates');
    await section.open();
    const driven = await DrivenDuplicates.over(section);
    const steps = records.map(({ title, authors, venue, year }, n) => ({
      n,
      to: {
        titles: [{ value: title }],
        creators: authors.map((name) => ({ name, kind: 'unknown' as const })),
        published: year,
        source: { title: venue },
      },
    }));
    for (let at = 0; at < steps.length; at += 200) await driven.apply(steps.slice(at, at + 200));
    const byKey = new Map(records.map((record, n) => [keyOf(n), record]));
    const pairs = new Set<string>();
    for (const { members } of await driven.works()) {
      const ofWork = members.flatMap((key) => byKey.get(key) ?? []);
      for (const left of ofWork.filter(({ source }) => source === 'dblp'))
        for (const right of ofWork.filter(({ source }) => source === 'acm'))
          pairs.add(`${left.id}\t${right.id}`);
    }
    return pairs;
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}
