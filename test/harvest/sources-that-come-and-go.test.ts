import { expect } from 'chai';
import type { HarvestSummary } from '../../node/harvest/index.ts';
import { MisbehavingRepository } from '../support/misbehaving-repository.ts';
import { aHarvest, aSource, HOUR, type TestHarvest } from '../support/test-harvest.ts';
import { until } from '../support/until.ts';

async function codeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  throw new Error('nothing was thrown');
}

describe('a harvester whose sources come and go', () => {
  let test: TestHarvest;
  let other: MisbehavingRepository;
  beforeEach(async () => {
    test = await aHarvest();
    other = await MisbehavingRepository.start(test.clock);
    // The outbound guard lets through what is configured; so both are, and one is added only later.
    await test.reopen([aSource(test.repository.url), aSource(other.url, { name: 'other' })]);
    for (let n = 1; n <= 8; n += 1) test.repository.put(n);
    for (let n = 7; n <= 250; n += 1) other.put(n, `Other ${n}`);
    other.pageSize = 100;
  });
  afterEach(async () => {
    await test.close();
    await other.close();
  });

  const names = (): string[] => test.harvester.state().map(({ name }) => name);

  it('deletes the records of one that is taken out, but for those that another has, and forgets it', async () => {
    await test.harvester.run();
    await test.harvester.remove('other');
    expect(names()).to.deep.equal(['test']);
    const content = await test.content();
    expect(content).to.include({ 1: 'Title 1', 9: 'deleted', 250: 'deleted' });
    expect([content['7'], content['8']]).not.to.include('deleted');
    const keys = await test.store.section('harvest').keys().all();
    expect(keys.filter((key) => key.includes('!other'))).to.deep.equal([]);
    expect(await codeOf(() => test.harvester.run({ source: 'other' }))).to.equal('HARVEST_UNKNOWN_SOURCE');
    expect(await codeOf(() => test.harvester.remove('other'))).to.equal('HARVEST_UNKNOWN_SOURCE');
  });

  describe('of which two have records of one identifier', () => {
    const run = async (options: object = {}): Promise<HarvestSummary[]> =>
      await test.harvester.run({ full: true, ...options });
    const rivals = async (): Promise<string[]> =>
      (await test.harvester.issues({ code: 'RECORD_IN_TWO_SOURCES', limit: 10 })).map(
        ({ source, severity, oaiIdentifier }) => `${severity} ${source} ${oaiIdentifier?.at(-1)}`,
      );

    it('shows them as the first one has them, whichever comes first, and says so', async () => {
      await run({ source: 'other' });
      expect(await test.content()).to.include({ 7: 'Other 7', 8: 'Other 8' });
      await run({ source: 'test' });
      expect(await test.content()).to.include({ 7: 'Title 7', 8: 'Title 8', 9: 'Other 9' });
      expect(await rivals()).to.deep.equal(['warning test 7', 'warning test 8']);
      const seq = test.catalogue.head.seq;
      const [second] = await run({ source: 'other' });
      expect(second).to.include({ records: 244, unchanged: 242, elsewhere: 2 });
      await run();
      expect(test.catalogue.head.seq).to.equal(seq);
      expect(await rivals()).to.deep.equal(['warning other 7', 'warning other 8']);
    });

    it('shows them as the first one has them where both are harvested at the same time', async () => {
      await run();
      expect(await test.content()).to.include({ 7: 'Title 7', 8: 'Title 8', 9: 'Other 9' });
    });

    it('shows them as the second one has them when the first has them no longer', async () => {
      await run();
      test.repository.drop(7);
      test.repository.delete(8);
      const [first] = await run({ source: 'test' });
      expect(first).to.include({ records: 7, deleted: 0, elsewhere: 1 });
      await run({ source: 'other' });
      expect(await test.content()).to.include({ 7: 'Other 7', 8: 'Other 8' });
      expect(await rivals()).to.deep.equal([]);
    });

    it('takes a record that is asked for by itself from the one that has it', async () => {
      await run();
      test.repository.drop(7);
      await test.harvester.reharvest('oai:repository.example:7');
      expect((await test.content())['7']).to.equal('Other 7');
    });

    it('finds nothing wrong with two parts of one repository', async () => {
      const { url } = test.repository;
      await test.reopen([aSource(url), aSource(url, { name: 'other' })]);
      await run();
      await run();
      expect(await rivals()).to.deep.equal([]);
    });
  });

  it('harvests one that is added, and knows each by one name', async () => {
    await test.harvester.remove('other');
    await test.harvester.run();
    await test.harvester.add(aSource(other.url, { name: 'other' }));
    expect(await codeOf(() => test.harvester.add(aSource(other.url, { name: 'test' })))).to.equal(
      'HARVEST_SOURCE_EXISTS',
    );
    expect(names()).to.deep.equal(['test', 'other']);
    expect((await test.harvester.run({ source: 'other' }))[0]).to.include({
      outcome: 'complete',
      records: 244,
    });
  });

  it('follows one that is added while it runs, at once and on its schedule', async () => {
    await test.harvester.remove('other');
    await test.harvester.start();
    await test.harvester.add(aSource(other.url, { name: 'other' }));
    const runs = (): number | undefined =>
      test.harvester.state().find(({ name }) => name === 'other')?.lastRun?.endedAt;
    await until('the first harvest', () => runs() !== undefined);
    const first = runs();
    await until('the pause', () => test.harvester.state()[1]?.nextRunAt !== undefined);
    test.clock.advance(HOUR);
    await until('the second harvest', () => runs() !== first);
  });

  it('breaks off the harvest of one that is taken out', async () => {
    const asked = new Promise<void>((resolve) => {
      other.spoil = (_answer, { page }) => {
        if (page !== 2) return undefined;
        resolve();
        return { silent: true };
      };
    });
    const running = test.harvester.run({ source: 'other' });
    await asked;
    await test.harvester.remove('other');
    expect((await running)[0]).to.include({ outcome: 'stopped' });
    expect(Object.values(await test.content()).filter((kind) => kind !== 'deleted')).to.deep.equal([]);
    await test.harvester.add(aSource(other.url, { name: 'other' }));
    other.spoil = () => undefined;
    expect((await test.harvester.run({ source: 'other' }))[0]).to.include({
      kind: 'full',
      outcome: 'complete',
    });
  });

  it('goes on at the next start with taking one out, when it was stopped in the middle', async () => {
    await test.harvester.run();
    const leaving = test.harvester.remove('other').catch(() => undefined);
    await test.harvester.stop();
    await leaving;
    await test.reopen([aSource(test.repository.url)]);
    await test.harvester.start();
    const section = test.store.section('harvest');
    await until('the source to be forgotten', async () => (await section.get('s!other')) === undefined);
    expect(await test.content()).to.include({ 250: 'deleted', 1: 'Title 1' });
  });

  it('knows which source has a record', async () => {
    await test.harvester.run();
    expect(await test.harvester.sourceOf('oai:repository.example:1')).to.equal('test');
    expect(await test.harvester.sourceOf('oai:repository.example:99')).to.equal('other');
    expect(await test.harvester.sourceOf('oai:repository.example:999')).to.equal(undefined);
  });

  it('has to be told whose set is meant', async () => {
    expect(await codeOf(() => test.harvester.run({ set: 'a' }))).to.equal('HARVEST_SET_OF_SEVERAL');
  });
});

describe('a record that is harvested again by itself', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
    for (let n = 1; n <= 4; n += 1) test.repository.put(n);
    await test.harvester.run();
  });
  afterEach(async () => {
    await test.close();
  });

  const id = (n: number): string => `oai:repository.example:${n}`;

  it('is as the repository has it now', async () => {
    test.repository.put(2, 'Mended', '2020-01-01T00:00:00Z');
    expect(await test.harvester.reharvest(id(2))).to.include({ outcome: 'updated' });
    expect(await test.harvester.reharvest(id(2))).to.include({ outcome: 'unchanged' });
    expect(await test.content()).to.include({ 2: 'Mended', 3: 'Title 3' });
  });

  it('is deleted where the repository says so', async () => {
    test.repository.delete(2);
    expect(await test.harvester.reharvest(id(2))).to.include({ outcome: 'deleted' });
    expect(await test.content()).to.include({ 2: 'deleted' });
    expect(await test.harvester.sourceOf(id(2))).to.equal(undefined);
  });

  it('stays where the repository does not know it: that it is gone, a full harvest tells', async () => {
    test.repository.drop(2);
    expect(await codeOf(() => test.harvester.reharvest(id(2)))).to.equal('HARVEST_UNKNOWN_RECORD');
    expect(await test.content()).to.include({ 2: 'Title 2' });
  });

  it('is there for good when the repository has it only now', async () => {
    test.repository.put(9, 'New', '2020-01-01T00:00:00Z');
    expect(await test.harvester.reharvest(id(9))).to.include({ outcome: 'created' });
    test.repository.drop(9);
    await test.harvester.run({ full: true });
    expect(await test.content()).to.include({ 9: 'deleted' });
  });

  it('opens and closes its issues', async () => {
    const issuesOf = async (n: number): Promise<string[]> =>
      (await test.harvester.issues({ oaiIdentifier: id(n), limit: 10 })).map(({ code }) => code);
    test.repository.put(2, 'Caf&amp;eacute;', '2020-01-01T00:00:00Z');
    await test.harvester.reharvest(id(2));
    expect(await issuesOf(2)).to.deep.equal(['TEXT_ENTITIES']);
    test.repository.put(2, 'Café', '2020-01-01T00:00:00Z');
    await test.harvester.reharvest(id(2));
    expect(await issuesOf(2)).to.deep.equal([]);
    expect(await test.harvester.issueCounts()).to.deep.equal({ error: 0, warning: 0, info: 0 });
  });

  it('does not wait for the harvest that is going on, and both write in one book', async () => {
    const asked = new Promise<void>((resolve) => {
      test.repository.spoil = (_answer, { verb, page }) => {
        if (verb !== 'ListRecords' || page !== 2) return undefined;
        resolve();
        return { silent: true };
      };
    });
    const running = test.harvester.run({ full: true });
    await asked;
    test.repository.put(2, 'Caf&amp;eacute;', '2020-01-01T00:00:00Z');
    expect(await test.harvester.reharvest(id(2))).to.include({ outcome: 'updated' });
    expect(test.harvester.state()[0]?.running).to.equal(true);
    await test.harvester.stop();
    expect((await running)[0]).to.include({ outcome: 'stopped' });
    expect(await test.harvester.issueCounts()).to.deep.equal({ error: 0, warning: 0, info: 1 });
  });
});
