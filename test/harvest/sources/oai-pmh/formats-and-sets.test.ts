import { expect } from 'chai';
import type { HarvestSummary } from '../../../../node/harvest/index.ts';
import { bestCrosswalk, crosswalks } from '../../../../vocab/crosswalks/index.ts';
import { aHarvest, aSource, HOUR, type TestHarvest } from '../../../support/test-harvest.ts';

describe('a repository of several formats and sets', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
  });
  afterEach(async () => {
    await test.close();
  });

  async function run(options: { full?: boolean; set?: string } = {}): Promise<HarvestSummary> {
    const [summary] = await test.harvester.run(options);
    if (summary === undefined) throw new Error('no summary');
    return summary;
  }

  const codes = async (): Promise<string[]> =>
    (await test.harvester.issues({ limit: 100 })).map(({ code }) => code);

  const listed = (): URLSearchParams[] =>
    test.repository.asked
      .filter(({ verb, parameters }) => verb === 'ListRecords' && !parameters.has('resumptionToken'))
      .map(({ parameters }) => parameters);

  describe('without a format in the configuration', () => {
    beforeEach(async () => {
      const { metadataPrefix: _, ...source } = aSource(test.repository.url);
      await test.reopen([source]);
      test.repository.put(1);
    });

    const lastPrefix = (): string | null | undefined => listed().at(-1)?.get('metadataPrefix');
    const offer = (...formats: { prefix: string; namespace: string; schema: string }[]): void => {
      test.repository.formats = formats;
    };
    const known = crosswalks.map(({ prefix, namespace, schema }) => ({ prefix, namespace, schema }));
    const odd = { prefix: 'marc21', namespace: 'http://www.loc.gov/MARC21/slim', schema: '' };

    it('is asked for the best of those on offer, in the prefix that it has there', async () => {
      const renamed = known.map((format, i) => ({ ...format, prefix: `own${i}` }));
      offer(odd, ...renamed.toReversed());
      await run();
      expect(lastPrefix()).to.equal(bestCrosswalk(renamed)?.format.prefix);
    });

    it('is asked for a poorer one where the best is not there for all records', async () => {
      for (let n = 2; n <= 40; n += 1) test.repository.put(n);
      const [best, ...others] = known;
      offer(...known);
      test.repository.spoil = (answer, { verb, parameters }) =>
        verb === 'ListIdentifiers' && parameters.get('metadataPrefix') === best?.prefix
          ? {
              body: answer
                .replace(
                  /<header>.*<\/header>/s,
                  '<header><identifier>oai:x:1</identifier><datestamp>2020-01-01</datestamp></header>',
                )
                .replace(/<resumptionToken.*?(?:\/>|<\/resumptionToken>)/s, ''),
            }
          : undefined;
      expect(await run()).to.include({ outcome: 'complete', created: 40 });
      expect(lastPrefix()).to.equal(others[0]?.prefix);
      expect(await codes()).to.include('OAI_FORMAT_PARTIAL');
    });

    it('is harvested from the beginning when a better one comes', async () => {
      offer(odd, known.at(-1)!);
      expect(await run()).to.include({ kind: 'full', outcome: 'complete' });
      expect(lastPrefix()).to.equal(known.at(-1)?.prefix);
      expect(await run()).to.include({ kind: 'incremental' });
      offer({ ...known.at(-1)!, prefix: 'dublin' });
      expect(await run()).to.include({ kind: 'full' });
      expect(lastPrefix()).to.equal('dublin');
    });

    it('is asked for oai_dc where none is known, or it does not tell', async () => {
      offer(odd);
      expect(await run()).to.include({ outcome: 'complete', created: 1 });
      expect(lastPrefix()).to.equal('oai_dc');
      expect(await codes()).to.deep.equal(['OAI_NO_KNOWN_FORMAT']);
      test.repository.spoil = (answer, { verb }) =>
        verb === 'ListMetadataFormats'
          ? {
              body: answer.replace(
                /<ListMetadataFormats>.*<\/ListMetadataFormats>/s,
                '<error code="badVerb">No</error>',
              ),
            }
          : undefined;
      expect(await run()).to.include({ outcome: 'complete' });
      offer(...known);
      test.repository.spoil = () => undefined;
      await run();
      expect(await codes()).to.deep.equal([]);
    });
  });

  describe('with sets in the configuration', () => {
    beforeEach(async () => {
      await test.reopen([aSource(test.repository.url, { sets: ['a', 'b'] })]);
      test.repository.sets = ['a', 'b', 'c'].map((spec) => ({ spec, name: spec.toUpperCase() }));
      for (let n = 1; n <= 12; n += 1) {
        test.repository.put(n, `Title ${n}`, undefined, [
          ['a', 'b', 'c'][n % 3] ?? '',
          ...(n === 3 ? ['b'] : []),
        ]);
      }
    });

    it('is asked for one after another, by their own tokens', async () => {
      expect(await run()).to.include({ outcome: 'complete', created: 8 });
      expect(listed().map((parameters) => parameters.get('set'))).to.deep.equal(['a', 'b']);
      expect(await codes()).to.deep.equal([]);
    });

    it('goes on in the set in which it was broken off', async () => {
      test.repository.spoil = (_answer, { parameters }) =>
        (parameters.get('resumptionToken') ?? '').includes('/b/') ? { status: 404 } : undefined;
      expect(await run()).to.include({ outcome: 'failed' });
      test.repository.spoil = () => undefined;
      test.repository.asked.length = 0;
      await test.reopen([aSource(test.repository.url, { sets: ['a', 'b'] })]);
      expect(await run()).to.include({ outcome: 'complete' });
      expect(listed()).to.deep.equal([]);
      expect(Object.keys(await test.content())).to.have.length(8);
    });

    it('loses a record that is in none of them any more, at a full harvest', async () => {
      await run();
      test.clock.advance(HOUR);
      test.repository.put(1, 'Title 1', undefined, ['c']);
      test.repository.put(3, 'Title 3', undefined, ['a']);
      expect(await run()).to.include({ kind: 'incremental', deleted: 0 });
      expect(await run({ full: true })).to.include({ deleted: 1 });
      expect(await test.content()).to.include({ 1: 'deleted', 3: 'Title 3' });
    });

    it('loses nothing because of a set that the repository does not know', async () => {
      await run();
      test.repository.sets = [{ spec: 'a', name: 'A' }];
      for (let n = 1; n <= 12; n += 1)
        test.repository.put(n, `Title ${n}`, undefined, n % 3 === 0 ? ['a'] : []);
      expect(await run({ full: true })).to.include({ outcome: 'complete', deleted: 0 });
      expect(await codes()).to.deep.equal(['OAI_UNKNOWN_SET', 'HARVEST_INCOMPLETE_LIST']);
    });

    it('tells how much of all sets has been read', async () => {
      const shares: (number | undefined)[] = [];
      const end = test.harvester.onProgress(() => shares.push(test.harvester.state()[0]?.progress?.share));
      await run();
      end();
      expect(shares).to.deep.equal([undefined, 0.375, 0.5, 0.8, 1, undefined]);
    });
  });

  it('says that a repository has no sets where one is wanted of it', async () => {
    await test.reopen([aSource(test.repository.url, { sets: ['a'] })]);
    test.repository.put(1);
    expect((await run()).error).to.include({ code: 'OAI_NO_SET_HIERARCHY' });
  });

  it('refuses a set that the repository does not list, with those that it does', async () => {
    const refused = (set: string): Promise<unknown> =>
      test.harvester.refuseUnknownSet({ set }).catch((error: unknown) => error);
    expect(await refused('a')).to.include({
      code: 'HARVEST_UNKNOWN_SET',
      remedy: 'It has no sets: harvest it without one.',
    });
    test.repository.sets = Array.from({ length: 22 }, (_, i) => ({ spec: `s${i}`, name: `${i}` }));
    expect(await refused('s3')).to.equal(undefined);
    const error = await refused('nope');
    expect(error).to.include({ code: 'HARVEST_UNKNOWN_SET' });
    expect(error).to.have.property('message').that.includes('"nope"');
    expect(error)
      .to.have.property('remedy')
      .that.matches(/^Choose one of: s0, s1, .*, s19 and 2 more\.$/);
  });

  describe('of which one set is read again', () => {
    beforeEach(async () => {
      for (let n = 1; n <= 12; n += 1)
        test.repository.put(n, `Title ${n}`, undefined, n <= 8 ? ['a'] : ['b']);
      await run();
      test.clock.advance(HOUR);
    });

    const dateBack = (n: number): void =>
      test.repository.put(n, `Mended ${n}`, '2020-01-01T00:00:00Z', ['a']);

    it('brings what was mended in it without a new date, and nothing else', async () => {
      dateBack(4);
      test.repository.put(11, 'Changed', '2020-01-01T00:00:00Z', ['b']);
      expect(await run({ set: 'a' })).to.include({
        kind: 'set',
        set: 'a',
        outcome: 'complete',
        records: 8,
        updated: 1,
      });
      expect(await test.content()).to.include({ 4: 'Mended 4', 11: 'Title 11' });
    });

    it('deletes nothing, and leaves the time of the last harvest as it is', async () => {
      test.repository.drop(2);
      const from = '2025-12-31T23:59:59Z';
      expect(await run({ set: 'a' })).to.include({ deleted: 0 });
      expect(await run()).to.include({ kind: 'incremental' });
      expect(test.repository.froms.at(-1)).to.equal(from);
      expect(await run({ full: true })).to.include({ deleted: 1 });
    });

    it('goes on where it was broken off, also after a restart', async () => {
      test.repository.spoil = (_answer, { page }) => (page === 3 ? { status: 404 } : undefined);
      expect(await run({ set: 'a' })).to.include({ outcome: 'failed', records: 6 });
      test.repository.spoil = () => undefined;
      await test.reopen();
      expect(await run()).to.include({ kind: 'incremental', outcome: 'complete' });
      expect(await run({ set: 'a' })).to.include({ kind: 'set', outcome: 'complete', records: 2 });
    });

    it('does not disturb a full harvest that is broken off, whose records it reads', async () => {
      test.repository.spoil = (_answer, { page }) => (page === 3 ? { status: 404 } : undefined);
      expect(await run({ full: true })).to.include({ outcome: 'failed', records: 6 });
      test.repository.spoil = () => undefined;
      expect(await run({ set: 'a' })).to.include({ outcome: 'complete', records: 8 });
      expect(await run()).to.include({ kind: 'full', outcome: 'complete', deleted: 0 });
      expect(Object.values(await test.content())).not.to.include('deleted');
    });

    it('waits for the harvest that is going on', async () => {
      const [usual, set] = await Promise.all([run(), run({ set: 'a' })]);
      expect([usual.kind, set.kind]).to.deep.equal(['incremental', 'set']);
    });
  });
});
