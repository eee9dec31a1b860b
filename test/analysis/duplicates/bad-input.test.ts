import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, type Operation, type Store } from '../../../node/store/index.ts';
import { DrivenDuplicates, keyOf, type Step } from './driven-duplicates.ts';

const range = (length: number): number[] => [...Array(length).keys()];
const titled = (value: string): { titles: { value: string }[] } => ({ titles: [{ value }] });

describe('duplicates: records that say too much or too little', () => {
  let directory: string;
  let store: Store;
  let driven: DrivenDuplicates;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
    const section = store.section('duplicates');
    await section.open();
    driven = await DrivenDuplicates.over(section);
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function applyInBatches(steps: readonly Step[], size = 500): Promise<Operation[][]> {
    const written: Operation[][] = [];
    for (let at = 0; at < steps.length; at += size)
      written.push(await driven.apply(steps.slice(at, at + size)));
    return written;
  }

  it('ten thousand times "Editorial" are ten thousand works', async () => {
    await applyInBatches(range(10_000).map((n) => ({ n, to: titled('Editorial') })));
    expect(driven.reader.counts()).to.deep.equal({ works: 10_000, clusters: 0 });
  });

  it('ten thousand times a title that could tell are no cluster, and each further one costs the same', async () => {
    const steps = range(10_000).map((n) => ({ n, to: titled('Activities of the botanical garden') }));
    const written = await applyInBatches(steps);
    expect(driven.reader.counts()).to.deep.equal({ works: 10_000, clusters: 0 });
    const bytes = written.map((operations) =>
      Buffer.byteLength(JSON.stringify(operations.map(({ key }) => key))),
    );
    expect(bytes.at(-1)).to.be.at.most((bytes[1] ?? 0) * 1.1);
  });

  it('as many as are evidence are a cluster again when the others have gone', async () => {
    const title = titled('Activities of the botanical garden');
    await applyInBatches(range(105).map((n) => ({ n, to: title })));
    expect(driven.reader.counts()).to.deep.equal({ works: 105, clusters: 0 });
    await driven.apply(range(5).map((n) => ({ n, to: 'withdrawn' })));
    expect(driven.reader.counts()).to.deep.equal({ works: 1, clusters: 1 });
    const left = range(105).slice(5).map(keyOf);
    expect(await driven.works()).to.deep.equal([{ id: `w${left.sort()[0]}`, members: left.sort() }]);
  });

  it('a chain of bad DOIs through two thousand records is no work', async () => {
    const steps = range(2_000).map((n) => ({
      n,
      to: {
        titles: [],
        identifiers: [n, n + 1].map((i) => ({ scheme: 'doi' as const, value: `10.1/${i}` })),
      },
    }));
    await applyInBatches(steps);
    expect(driven.reader.counts()).to.deep.equal({ works: 2_000, clusters: 0 });
    expect(await driven.reader.workOf(keyOf(7))).to.equal(`w${keyOf(7)}`);
    await driven.apply([{ n: 150, to: 'withdrawn' }]);
    expect(driven.reader.counts()).to.deep.equal({ works: 1_850, clusters: 1 });
    expect(await driven.reader.copiesOf(keyOf(7))).to.have.length(149);
  });

  it('a title of 100 kB, and one with 100 kB of tags, are compared like others', async () => {
    const long = titled(`On harvesting ${'metadata and '.repeat(8_000)}`);
    const tags = titled(`Harvesting repositories ${'<'.repeat(50_000)}${'&amp;'.repeat(10_000)}`);
    await driven.apply([
      { n: 1, to: long },
      { n: 2, to: long },
      { n: 3, to: tags },
      { n: 4, to: tags },
    ]);
    expect(driven.reader.counts()).to.deep.equal({ works: 2, clusters: 2 });
    const [evidence = ''] = await driven.reader.explain(keyOf(1), keyOf(2));
    expect(evidence.length).to.be.below(300);
  });

  it('five thousand authors are as many as fifty', async () => {
    const creators = range(5_000).map((n) => ({ name: `Author${n}, A.`, kind: 'person' as const }));
    const record = { ...titled('Observation of gravitational waves'), creators };
    const operations = await driven.apply([
      { n: 1, to: record },
      { n: 2, to: record },
    ]);
    expect(driven.reader.counts()).to.deep.equal({ works: 1, clusters: 1 });
    const bytes = operations.reduce((sum, op) => sum + (op.type === 'put' ? op.value.length : 0), 0);
    expect(bytes).to.be.below(5_000);
  });

  it('a thousand identifiers are as many as sixteen', async () => {
    const identifiers = range(1_000).map((i) => ({ scheme: 'doi' as const, value: `10.1/${i}` }));
    const operations = await driven.apply([{ n: 1, to: { titles: [], identifiers } }]);
    expect(operations.length).to.be.below(25);
  });

  it('a title cut in the middle of a character comes back as it was', async () => {
    const title = titled(`Harvesting repositories of ${'𝒳'.repeat(1_500)}`);
    await driven.apply([{ n: 1, to: title }]);
    await driven.restart();
    await driven.apply([{ n: 2, to: title }]);
    expect(driven.reader.counts()).to.deep.equal({ works: 1, clusters: 1 });
  });
});
