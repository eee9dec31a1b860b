import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Citations, DoiTitles } from '../../../node/analysis/citations/index.ts';
import type { Fetch } from '../../../node/outbound/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';
import { DrivenCitations, keyOf } from './driven-citations.ts';

const JSON_TYPE = { 'content-type': 'application/vnd.citationstyles.csl+json' };
const csl = (value: unknown): Response => new Response(JSON.stringify(value), { headers: JSON_TYPE });

describe('titles of DOIs', () => {
  let directory: string;
  let store: Store;
  let clock: TestClock;
  let asked: string[];
  let answers: Map<string, () => Response>;
  let titles: DoiTitles;
  let number = 0;
  const held = new Set<string>();

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-dois-'));
    store = await openStore(directory);
  });

  after(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    clock = new TestClock();
    asked = [];
    answers = new Map();
    held.clear();
    const fetch: Fetch = (address) => {
      asked.push(String(address));
      const answer = answers.get(String(address));
      return answer === undefined
        ? Promise.resolve(new Response(null, { status: 404 }))
        : Promise.resolve(answer());
    };
    const section = store.section(`titles-${++number}`);
    await section.open();
    titles = new DoiTitles({
      resolver: 'https://doi.example',
      section,
      fetch,
      isHeld: (doi) => Promise.resolve(held.has(doi)),
      clock,
      log: silentLog,
    });
    titles.start();
  });

  afterEach(() => titles.stop());

  /** Lets time pass until nothing waits any more. */
  async function settled(): Promise<void> {
    await until('the queue to be empty', () => {
      clock.advance(1_000);
      return titles.waiting === 0;
    });
  }

  it('are asked of the resolver, and kept', async () => {
    answers.set('https://doi.example/10.1000/a%20b', () =>
      csl({ title: ['A <i>good</i>  title'], issued: { 'date-parts': [[2016, 5]] } }),
    );
    titles.offer('10.1000/a b');
    await settled();
    expect([...(await titles.known(['10.1000/a b', '10.1000/c']))]).to.deep.equal([
      ['10.1000/a b', { title: 'A good title', year: '2016' }],
    ]);
    titles.offer('10.1000/a b');
    await settled();
    expect(asked).to.have.length(1);
  });

  it('are asked once a second at most', async () => {
    titles.offer('10.1/a');
    titles.offer('10.1/b');
    await until('the pause', () => clock.sleeping === 1);
    expect(asked).to.deep.equal(['https://doi.example/10.1/a']);
    clock.advance(999);
    expect(clock.sleeping).to.equal(1);
    clock.advance(1);
    await until('the second question', () => asked.length === 2);
  });

  it('are asked on when the clock is set back', async () => {
    titles.offer('10.1/a');
    await until('the pause', () => clock.sleeping === 1);
    clock.advance(-3_600_000);
    titles.offer('10.1/b');
    await until('the second question', () => asked.length === 2);
  });

  it('are not asked again for a month where there is no such DOI', async () => {
    titles.offer('10.1/none');
    await settled();
    titles.offer('10.1/none');
    await settled();
    expect(asked).to.have.length(1);
    clock.advance(31 * 24 * 3_600_000);
    titles.offer('10.1/none');
    await settled();
    expect(asked).to.have.length(2);
  });

  it('are not asked for works that are held', async () => {
    held.add('10.1/held');
    titles.offer('10.1/held');
    await settled();
    expect(asked).to.deep.equal([]);
  });

  it('are asked as slowly as the resolver says when it has enough', async () => {
    answers.set(
      'https://doi.example/10.1/a',
      () => new Response(null, { status: 429, headers: { 'retry-after': '600' } }),
    );
    titles.offer('10.1/a');
    titles.offer('10.1/b');
    await until('the pause', () => clock.sleeping === 1);
    clock.advance(599_000);
    expect(clock.sleeping).to.equal(1);
    clock.advance(1_000);
    await until('the second question', () => asked.length === 2);
  });

  it('are none in answers that are broken, endless or of another kind', async () => {
    const endless = (): Response => new Response('['.repeat(3_000_000), { headers: JSON_TYPE });
    const bad = [
      endless,
      () => new Response('<html>', { headers: JSON_TYPE }),
      () => new Response('{"title":"x"}'),
      () => csl([]),
      () => csl({ title: 7 }),
      () => csl({ title: ' ' }),
      () => {
        throw new Error('broken off');
      },
    ];
    for (const [i, answer] of bad.entries()) {
      answers.set(`https://doi.example/10.1/${i}`, answer);
      titles.offer(`10.1/${i}`);
    }
    await settled();
    expect(asked).to.have.length(bad.length);
    expect(await titles.known(bad.map((_, i) => `10.1/${i}`))).to.have.property('size', 0);
  });

  it('wait in a queue that has an end', () => {
    for (let i = 0; i < 20_000; i += 1) titles.offer(`10.1/${i}`);
    titles.offer('10.1/'.padEnd(1_000, 'x'));
    expect(titles.waiting).to.be.at.most(10_000);
  });

  it('stand where a record cites by DOI alone what is not held', async () => {
    answers.set('https://doi.example/10.1/x', () =>
      csl({ title: 'A title', issued: { 'date-parts': [['1999']] } }),
    );
    const section = store.section(`citing-${number}`);
    const citations = await DrivenCitations.over(section, new Citations({ titles }));
    await citations.apply([
      [1, { relations: [{ kind: 'references', target: { scheme: 'doi', value: '10.1/x' } }] }],
    ]);
    await settled();
    const { works } = await citations.reader.cites([keyOf(1)], { limit: 5 });
    expect(works.map(({ reference }) => reference)).to.deep.equal([
      { text: '', identifier: { scheme: 'doi', value: '10.1/x' }, title: 'A title', year: '1999' },
    ]);
  });
});
