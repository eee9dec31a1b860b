import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Duplicates, StoredWorks, type Statements } from '../../../node/analysis/duplicates/index.ts';
import { entryRange } from '../../../node/analysis/duplicates/layout.ts';
import { openStore, type Section, type Store } from '../../../node/store/index.ts';
import { until } from '../../support/until.ts';
import { DrivenDuplicates, keyOf } from './driven-duplicates.ts';

const KEYS = [0, 1, 2, 3].map(keyOf);
const stands = async (key: string): Promise<boolean> => KEYS.slice(0, 3).includes(key);

describe('duplicates: at the start of a node', () => {
  let directory: string;
  let store: Store;
  let section: Section;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
    section = store.section('duplicates');
    const driven = await DrivenDuplicates.over(section);
    await driven.apply([
      { n: 0, to: { titles: [{ value: 'Open repositories and their networks' }] } },
      { n: 1, to: { titles: [{ value: 'Open repositories and their networks' }] } },
      { n: 2, to: { titles: [{ value: 'Quite another matter altogether' }] } },
    ]);
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('the works are told before it is read who lies in which block', async () => {
    const duplicates = new Duplicates({ stands });
    const { held, release } = withEntriesHeld(section);
    await duplicates.open(held);
    const works = await duplicates.worksOf(KEYS);
    expect(works.map((work) => work?.members.length)).to.deep.equal([2, 2, 1, undefined]);
    expect(await duplicates.workOf(keyOf(2))).to.equal(works[2]?.id);
    expect(duplicates.counts()).to.deep.equal({ works: 2, clusters: 1 });

    release();
    expect((await duplicates.why(keyOf(0), keyOf(1)))?.verdict).to.equal('same');
    expect(await duplicates.worksOf(KEYS)).to.deep.equal(works);
  });

  it('the works are told where that cannot be read, and it is tried again by those only who need it', async () => {
    const duplicates = new Duplicates({ stands });
    const { held, begun, release } = withEntriesHeld(section);
    await duplicates.open(held);
    release(new Error('the disk is broken'));
    const why = (): Promise<unknown> =>
      duplicates.why(keyOf(0), keyOf(1)).catch(({ message }: Error) => message);
    expect(await why()).to.equal('the disk is broken');
    for (let times = 0; times < 3; times += 1)
      expect((await duplicates.worksOf(KEYS)).map((work) => work?.members.length)).to.deep.equal([
        2,
        2,
        1,
        undefined,
      ]);
    expect(begun()).to.equal(1);
    expect(await why()).to.equal('the disk is broken');
    expect(begun()).to.equal(2);
  });

  it('what the manager said is taken in to its end before everything is read anew', async () => {
    const [a, b] = [keyOf(0), keyOf(1)];
    let isSaid = false;
    let listener: (records: readonly string[]) => void = () => undefined;
    let release = (): void => undefined;
    const asked = new Promise<void>((resolve) => (release = resolve));
    let isAsked = false;
    const statements: Statements = {
      of: async (record) => {
        if (!isSaid) return [];
        isAsked = true;
        await asked;
        if (record === a) return [{ other: b, says: 'different' }];
        return record === b ? [{ other: a, says: 'different' }] : [];
      },
      records: () => (isSaid ? [a, b] : []),
      onChange: (hear) => {
        listener = hear;
        return () => undefined;
      },
    };
    const duplicates = new Duplicates({ statements });
    await duplicates.open(section);
    expect(await duplicates.workOf(a)).to.equal(await duplicates.workOf(b));
    isSaid = true;
    listener([a, b]);
    await until('it is being taken in', () => isAsked);

    // As after a disk that was full.
    let reads = 0;
    const watched = new Proxy(section, {
      get(target, name) {
        reads += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const opening = duplicates.open(watched);
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect(reads).to.equal(0);
    release();
    await opening;
    expect(reads).to.be.greaterThan(0);
    await duplicates.settled();
    expect(await duplicates.workOf(a)).to.not.equal(await duplicates.workOf(b));
    expect(duplicates.counts()).to.deep.equal({ works: 3, clusters: 0 });
    expect((await duplicates.why(a, b))?.statement).to.equal('different');
  });

  it('a process that only reads tells the same works', async () => {
    const [writer, reader] = [new Duplicates(), new StoredWorks({ stands })];
    for (const one of [writer, reader]) await one.open(section);
    expect(await reader.worksOf(KEYS)).to.deep.equal(await writer.worksOf(KEYS));
    expect(reader.counts()).to.deep.equal(writer.counts());
  });
});

/** The section, of which the records' entries come only when they are let go. */
function withEntriesHeld(section: Section): {
  held: Section;
  release: (failure?: Error) => void;
  /** How often it was begun to read them. */
  begun: () => number;
} {
  let release: (failure?: Error) => void = () => undefined;
  let begun = 0;
  const promise = new Promise<Error | undefined>((resolve) => (release = resolve));
  const held = new Proxy(section, {
    get(target, name) {
      if (name === 'iterator')
        return (range: typeof entryRange) => {
          const rows = target.iterator(range);
          if (range.gt !== entryRange.gt) return rows;
          begun += 1;
          return {
            nextv: async (size: number) => {
              const failure = await promise;
              if (failure !== undefined) throw failure;
              return await rows.nextv(size);
            },
            close: () => rows.close(),
          };
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { held, release, begun: () => begun };
}
