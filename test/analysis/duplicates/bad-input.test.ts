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
    driven = await DrivenDuplicates.over(driven.section, { limits: { block: 20, component: 100 } });
    const title = titled('Activities of the botanical garden');
    await applyInBatches(range(25).map((n) => ({ n, to: title })));
    expect(driven.reader.counts()).to.deep.equal({ works: 25, clusters: 0 });
    expect(driven.reader.bounds().oversize, 'which is told').to.be.above(0);
    await driven.apply(range(5).map((n) => ({ n, to: 'withdrawn' })));
    expect(driven.reader.counts()).to.deep.equal({ works: 1, clusters: 1 });
    expect(driven.reader.bounds().oversize).to.equal(0);
    const left = range(25).slice(5).map(keyOf).sort();
    expect(await driven.works()).to.deep.equal([{ id: `w${left[0]}`, members: left }]);
  });

  it('a title over too many records still joins those of one author, year and page', async () => {
    driven = await DrivenDuplicates.over(driven.section, { limits: { block: 10, component: 100 } });
    const titles = [{ value: 'Activities of the botanical garden' }];
    const steps = range(60).map((n) => ({
      n,
      to: {
        titles,
        creators: [],
        published: String(1950 + (n % 30)),
        source: { title: 'Annals', pages: `${n % 30}-99` },
      },
    }));
    await applyInBatches(steps, 7);
    expect(driven.reader.counts()).to.deep.equal({ works: 30, clusters: 30 });
    expect(await driven.reader.copiesOf(keyOf(3))).to.deep.equal([keyOf(33)]);
  });

  it('a title under which every year somebody else writes is a heading, from then on and as long as it is', async () => {
    const column = (n: number, author: string, published: string): Step => ({
      n,
      to: {
        ...titled('Reminiscences on influential papers'),
        creators: [{ name: author, kind: 'person' }],
        published,
        source: { title: 'SIGMOD Record' },
      },
    });
    await driven.apply([column(1, 'Snodgrass, Richard', '1998'), column(2, 'Snodgrass, R.', '1998')]);
    expect(driven.reader.counts(), 'two alike').to.deep.equal({ works: 1, clusters: 1 });
    const others = [
      column(3, 'Ross, Kenneth', '2001'),
      column(4, 'Weikum, Gerhard', '2002'),
      column(5, 'Naughton, Jeffrey', '2003'),
    ];
    await driven.apply(others);
    expect(driven.reader.counts(), 'that no more tells them').to.deep.equal({ works: 5, clusters: 0 });
    const why = await driven.reader.why(keyOf(1), keyOf(2));
    expect(why?.evidence.find(({ feature }) => feature === 'title')?.level).to.equal('same boilerplate');
    await driven.restart();
    await driven.apply([{ n: 4, to: 'withdrawn' }]);
    expect(driven.reader.counts(), 'and tells them again').to.deep.equal({ works: 3, clusters: 1 });
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
    expect(driven.reader.bounds().crowded).to.equal(2_000);
    expect(await driven.reader.workOf(keyOf(7))).to.equal(`w${keyOf(7)}`);
    await driven.apply([{ n: 150, to: 'withdrawn' }]);
    // What is left of the short end falls into pairs: the DOIs of the next but one contradict.
    expect(driven.reader.bounds().crowded).to.equal(1_849);
    expect(await driven.reader.copiesOf(keyOf(7))).to.have.length.at.most(1);
  });

  it('titles of punctuation, from right to left and without spaces are compared as they can be', async () => {
    const creators = [{ name: 'Li, Wei', kind: 'person' as const }];
    await driven.apply([
      { n: 1, to: titled('?!… — (*)') },
      { n: 2, to: titled('?!… — (*)') },
      { n: 3, to: { ...titled('تحليل المستودعات الرقمية المفتوحة في الجامعات'), creators } },
      { n: 4, to: { ...titled('تحليل المستودعات الرقميه المفتوحة في الجامعات'), creators } },
      { n: 5, to: { ...titled('基於字元階層之語音合成用文脈訊息擷取'), creators } },
      { n: 6, to: { ...titled('基於字元階層之 語音合成 用文脈訊息擷取'), creators } },
    ]);
    expect(driven.reader.counts()).to.deep.equal({ works: 4, clusters: 2 });
    expect(await driven.reader.copiesOf(keyOf(3))).to.deep.equal([keyOf(4)]);
    expect(await driven.reader.copiesOf(keyOf(5))).to.deep.equal([keyOf(6)]);
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
    const why = await driven.reader.why(keyOf(1), keyOf(2));
    const [shown = ''] = why?.evidence.find(({ feature }) => feature === 'title')?.of ?? [];
    expect(shown.length).to.be.within(1, 300);
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
