import { expect } from 'chai';
import type { HarvestError, HarvestSummary } from '../../node/harvest/index.ts';
import { MisbehavingRepository } from '../support/misbehaving-repository.ts';
import { aSource, aHarvest, HOUR, type TestHarvest } from '../support/test-harvest.ts';

const DAY = 24 * HOUR;

describe('a harvester', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
    for (let n = 1; n <= 8; n += 1) test.repository.put(n);
  });
  afterEach(async () => {
    await test.close();
  });

  it('brings every record of the repository into the catalogue, page by page', async () => {
    const [summary] = await test.harvester.run();
    expect(summary).to.deep.include({
      source: 'test',
      kind: 'full',
      outcome: 'complete',
      pages: 3,
      records: 8,
      created: 8,
    });
    const content = await test.content();
    expect(Object.keys(content)).to.have.length(8);
    expect(content['5']).to.equal('Title 5');
  });

  it('keeps the metadata as received, and where they came from', async () => {
    await test.harvester.run();
    const [key = ''] = await test.catalogue.holdings.withIdentifier('oai', 'oai:repository.example:1');
    const holding = await test.catalogue.holdings.get(key);
    if (holding === undefined || !('raw' in holding)) throw new Error('no record');
    expect(holding.provenance).to.deep.equal({
      source: test.repository.url,
      format: 'oai_dc',
      harvestedAt: test.clock.now(),
    });
    expect(holding.raw[0]?.text).to.match(/^<oai_dc:dc xmlns:oai_dc=.*<dc:title>Title 1<\/dc:title>/);
    expect(holding.creators[0]).to.include({ family: 'Knoth', given: 'Petr' });
  });

  it('asks for what changed since the last harvest, one second over', async () => {
    await test.harvester.run();
    const firstAt = test.clock.now();
    test.clock.advance(HOUR);
    test.repository.put(3, 'Another title');
    test.repository.delete(4);
    test.repository.put(9);
    const [summary] = await test.harvester.run();
    expect(test.repository.froms).to.deep.equal([
      null,
      `${new Date(firstAt - 1000).toISOString().slice(0, 19)}Z`,
    ]);
    expect(summary).to.deep.include({ kind: 'incremental', created: 1, updated: 1, deleted: 1 });
    expect(await test.content()).to.include({ 3: 'Another title', 4: 'deleted', 9: 'Title 9' });
  });

  it('asks by days where the repository knows only days', async () => {
    test.repository.identify = { granularity: 'YYYY-MM-DD' };
    await test.harvester.run();
    test.clock.advance(HOUR);
    await test.harvester.run();
    expect(test.repository.froms).to.deep.equal([null, '2025-12-31']);
  });

  it('goes by the clock of a repository that is behind, and by its own where it is ahead', async () => {
    const answered = (time: string) => (answer: string) => ({
      body: answer.replace(/<responseDate>[^<]*/, `<responseDate>${time}`),
    });
    test.repository.spoil = answered('2025-12-31T12:00:00Z');
    await test.harvester.run();
    test.repository.spoil = answered('2039-01-01T00:00:00Z');
    await test.harvester.run();
    await test.harvester.run();
    expect(test.repository.froms.slice(1)).to.deep.equal(['2025-12-31T11:59:59Z', '2025-12-31T23:59:59Z']);
  });

  it('changes nothing when nothing has changed', async () => {
    await test.harvester.run();
    const { seq } = test.catalogue.head;
    test.clock.advance(HOUR);
    const [summary] = await test.harvester.run({ full: true });
    expect(summary).to.deep.include({ kind: 'full', unchanged: 8, created: 0, updated: 0 });
    expect(test.catalogue.head.seq).to.equal(seq);
  });

  it('marks as deleted, at a full harvest, what vanished from the repository', async () => {
    await test.harvester.run();
    test.repository.drop(2);
    test.repository.drop(7);
    const [incremental] = await test.harvester.run();
    expect(incremental).to.include({ deleted: 0 });
    const [full] = await test.harvester.run({ full: true });
    expect(full).to.include({ deleted: 2 });
    expect(await test.content()).to.include({ 1: 'Title 1', 2: 'deleted', 7: 'deleted' });
  });

  it('reads everything again once a week', async () => {
    await test.harvester.run();
    test.clock.advance(7 * DAY);
    const [weekly] = await test.harvester.run();
    const [next] = await test.harvester.run();
    expect([weekly?.kind, next?.kind]).to.deep.equal(['full', 'incremental']);
  });

  it('keeps its records where the repository suddenly has none, and says so', async () => {
    await test.harvester.run();
    for (let n = 1; n <= 8; n += 1) test.repository.drop(n);
    const [summary] = await test.harvester.run({ full: true });
    expect(summary).to.include({ outcome: 'complete', deleted: 0 });
    const issues = await test.harvester.issues({ limit: 10 });
    expect(issues.map(({ code }) => code)).to.deep.equal(['HARVEST_EMPTY']);
    test.repository.put(1);
    await test.harvester.run({ full: true });
    expect(await test.harvester.issues({ limit: 10 })).to.deep.equal([]);
    expect(await test.content()).to.include({ 1: 'Title 1', 2: 'deleted' });
  });

  it('tells what became of each record, so that the numbers add up', async () => {
    test.repository.delete(7);
    const adding = ({ created, updated, unchanged, absent, withdrawn, ...more }: HarvestSummary): number =>
      created + updated + unchanged + absent + withdrawn + more.deleted - more.vanished + more.refused;
    const [first] = await test.harvester.run();
    expect(first).to.include({ records: 8, created: 7, deleted: 0, absent: 1 });
    await test.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Wrong.' },
    ]);
    test.repository.delete(2);
    test.repository.drop(3);
    test.repository.put(4, 'Changed');
    const [second] = await test.harvester.run({ full: true });
    expect(second).to.include({ records: 7, withdrawn: 1, deleted: 2, vanished: 1, updated: 1, absent: 1 });
    expect(second).to.include({ unchanged: 3 });
    for (const run of [first, second]) expect(run && adding(run)).to.equal(run?.records);
  });

  it('does not bring back what the manager withdrew', async () => {
    await test.harvester.run();
    await test.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted' },
    ]);
    await test.harvester.run({ full: true });
    expect(await test.content()).to.include({ 1: 'withdrawn' });
  });

  it('fetches one record anew', async () => {
    await test.harvester.run();
    test.repository.put(1, 'Put right');
    const record = await test.harvester.refetch('oai:repository.example:1');
    expect(record.titles[0]?.value).to.equal('Put right');
  });

  it('says so where a record to be fetched anew is gone', async () => {
    test.repository.delete(2);
    for (const identifier of ['oai:repository.example:2', 'oai:repository.example:99']) {
      let code: unknown;
      try {
        await test.harvester.refetch(identifier);
      } catch (error) {
        code = (error as { code?: unknown }).code;
      }
      expect(code).to.equal('HARVEST_UNKNOWN_RECORD');
    }
  });

  it('joins a run that is going on, and runs in full after one that is not', async () => {
    await test.harvester.run();
    const [first, second, full] = await Promise.all([
      test.harvester.run(),
      test.harvester.run(),
      test.harvester.run({ full: true }),
    ]);
    expect(second).to.deep.equal(first);
    expect(first?.[0]?.kind).to.equal('incremental');
    expect(full?.[0]?.kind).to.equal('full');
  });

  it('knows its sources by name only', async () => {
    let message = '';
    try {
      await test.harvester.run({ source: 'other' });
    } catch (error) {
      message = String(error);
    }
    expect(message).to.contain('"other"');
    expect(await test.harvester.run({ source: 'test' })).to.have.length(1);
  });

  it('tells how far it is', async () => {
    const seen: (number | undefined)[] = [];
    const end = test.harvester.onProgress(() => seen.push(test.harvester.state()[0]?.progress?.records));
    await test.harvester.run();
    end();
    expect(seen).to.deep.equal([0, 3, 6, 8, undefined]);
    const [state] = test.harvester.state();
    expect(state).to.deep.include({ name: 'test', type: 'oai-pmh', running: false });
    expect(state?.lastRun).to.include({ outcome: 'complete', records: 8 });
  });

  it('remembers, after a restart, how the last run ended', async () => {
    await test.harvester.run();
    await test.reopen();
    test.repository.spoil = () => ({ silent: true });
    await test.harvester.start();
    expect(test.harvester.state()[0]?.lastRun).to.include({ outcome: 'complete', records: 8 });
  });

  it('knows how the harvests before went, the latest first, also after a restart', async () => {
    await test.harvester.run();
    await test.harvester.run();
    test.repository.spoil = () => ({ status: 500 });
    await test.harvester.run();
    await test.reopen();
    const past = await test.harvester.pastRuns({ limit: 10 });
    expect(past.map(({ outcome, kind }) => [outcome, kind])).to.deep.equal([
      ['failed', 'incremental'],
      ['complete', 'incremental'],
      ['complete', 'full'],
    ]);
    expect(past[0]?.error?.message).to.contain('500');
    expect(await test.harvester.pastRuns({ source: 'test', limit: 2 })).to.deep.equal(past.slice(0, 2));
    const unknown = test.harvester.pastRuns({ source: 'nobody', limit: 1 });
    expect(await unknown.catch((error: HarvestError) => error.code)).to.equal('HARVEST_UNKNOWN_SOURCE');
  });

  describe('on its schedule', () => {
    const runs = (count: number): Promise<void> =>
      new Promise((resolve) => {
        let ended = 0;
        test.harvester.onProgress(() => {
          const [state] = test.harvester.state();
          if (state?.running === false && (ended += 1) === count) resolve();
        });
      });

    it('harvests at once, and again when the interval has passed since the end of the last', async () => {
      const first = runs(1);
      await test.harvester.start();
      await first;
      await new Promise(setImmediate);
      expect(test.harvester.state()[0]?.nextRunAt).to.equal(test.clock.now() + HOUR);
      const second = runs(1);
      test.clock.advance(HOUR);
      await second;
      expect(test.repository.froms).to.have.length(2);
    });

    it('goes on after a run that failed', async () => {
      test.repository.spoil = () => ({ status: 404, body: 'not here' });
      const first = runs(1);
      await test.harvester.start();
      await first;
      expect(test.harvester.state()[0]?.lastRun).to.deep.include({ outcome: 'failed' });
      expect(test.harvester.state()[0]?.lastRun?.error).to.include({ code: 'OAI_HTTP_STATUS' });
      test.repository.spoil = () => undefined;
      const second = runs(1);
      await new Promise(setImmediate);
      test.clock.advance(HOUR);
      await second;
      expect(test.harvester.state()[0]?.lastRun).to.include({ outcome: 'complete', records: 8 });
    });

    it('stops in the middle of a request that is never answered', async () => {
      const asked = new Promise<void>((resolve) => {
        test.repository.spoil = () => {
          resolve();
          return { silent: true };
        };
      });
      await test.harvester.start();
      await asked;
      await test.harvester.stop();
      expect(test.harvester.state()[0]).to.deep.include({ running: false });
      expect(test.harvester.state()[0]?.lastRun).to.include({ outcome: 'stopped' });
      expect(await test.harvester.issueCounts()).to.deep.equal({ error: 0, warning: 0, info: 0 });
    });
  });

  describe('with other sources than before', () => {
    it('deletes the records of a source that is configured no longer', async () => {
      await test.harvester.run();
      const other = await MisbehavingRepository.start(test.clock);
      await test.reopen([aSource(other.url, { name: 'other' })]);
      await test.harvester.start();
      while (Object.values(await test.content()).some((kind) => kind !== 'deleted')) {
        await new Promise(setImmediate);
      }
      await test.harvester.stop();
      await other.close();
      expect(await test.harvester.issues({ limit: 10 })).to.deep.equal([]);
    });

    it('leaves the records of a source that was only given another name', async () => {
      await test.harvester.run();
      const { seq } = test.catalogue.head;
      await test.reopen([aSource(test.repository.url, { name: 'renamed' })]);
      await test.harvester.start();
      const section = test.store.section('harvest');
      while ((await section.get('s!test')) !== undefined) await new Promise(setImmediate);
      expect(test.catalogue.head.seq).to.equal(seq);
      test.repository.drop(1);
      await test.harvester.run({ full: true });
      expect(await test.content()).to.include({ 1: 'deleted', 2: 'Title 2' });
    });

    it('keeps the records of a former source while the one in its place cannot be harvested', async () => {
      await test.harvester.run();
      const before = await test.content();
      test.repository.spoil = () => ({ status: 404, body: 'not here' });
      await test.reopen([aSource(test.repository.url, { name: 'mistyped' })]);
      await test.harvester.start();
      while (test.harvester.state()[0]?.lastRun === undefined) await new Promise(setImmediate);
      // As long as deletions would have taken: they go on between these reads of the store.
      for (let n = 0; n < 20; n += 1) expect(await test.content()).to.deep.equal(before);
    });

    it('harvests a source whose address changed from the beginning', async () => {
      await test.harvester.run();
      await test.reopen([aSource(`${test.repository.url}/`)]);
      const [summary] = await test.harvester.run();
      expect(summary).to.deep.include({ kind: 'full', records: 8, updated: 8 });
    });
  });

  it('does not delete what one source has no longer but another has', async () => {
    await test.close();
    test = await aHarvest({ sources: (url) => [aSource(url), aSource(url, { name: 'twin' })] });
    for (let n = 1; n <= 4; n += 1) test.repository.put(n);
    await test.harvester.run();
    test.repository.drop(1);
    await test.harvester.run({ source: 'test', full: true });
    expect(await test.content()).to.include({ 1: 'Title 1' });
    await test.harvester.run({ source: 'twin', full: true });
    expect(await test.content()).to.include({ 1: 'deleted' });
  });
});
