import { expect } from 'chai';
import { Serving } from '../../../node/federation/replication/serving.ts';
import { limits, type Response } from '../../../protocols/replication/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
/** A second's worth of entries. */
const SECOND_OF_BYTES = 50_000_000;

describe('serving of feeds', () => {
  let origin: TestCatalogue;
  let clock: TestClock;

  before(async () => {
    origin = await aCatalogue();
    await origin.catalogue.put([1, 2, 3, 4, 5].map((n) => aPut(n)));
  });
  after(async () => {
    await origin.close();
  });
  beforeEach(() => {
    clock = new TestClock();
  });

  const question = (parts: { after?: number; upTo?: number; limit?: number; node?: string } = {}) =>
    ({
      type: 'entries',
      node: origin.catalogue.node,
      after: 0,
      upTo: 5,
      limit: limits.entries,
      ...parts,
    }) as const;

  async function answer(
    serving: Serving,
    asker: string,
    parts?: Parameters<typeof question>[0],
  ): Promise<Response | undefined> {
    for await (const response of serving.page(asker, question(parts), signal)) return response;
    return undefined;
  }

  const placesOf = (response: Response | undefined): unknown =>
    response?.type === 'page'
      ? [response.entries.map((one) => ('entry' in one ? one.entry.seq : undefined)), response.more]
      : response;

  it('gives the window that was asked for, and tells whether there is more', async () => {
    const serving = new Serving({ feeds: origin.catalogue.feeds, clock });
    expect(placesOf(await answer(serving, 'a'))).to.deep.equal([[1, 2, 3, 4, 5], false]);
    expect(placesOf(await answer(serving, 'a', { after: 1, upTo: 3 }))).to.deep.equal([[2, 3], false]);
    expect(placesOf(await answer(serving, 'a', { limit: 2 }))).to.deep.equal([[1, 2], true]);
    expect(placesOf(await answer(serving, 'a', { after: 5, upTo: 9 }))).to.deep.equal([[], false]);
  });

  it('says that a feed is absent that it has not in whole', async () => {
    const serving = new Serving({ feeds: origin.catalogue.feeds, clock });
    expect(await answer(serving, 'a', { node: '12D3KooWElse' })).to.deep.equal({ type: 'absent' });
  });

  /** A feed whose every page has an entry of so many bytes. */
  function largePages(bytes: number): {
    feeds: ConstructorParameters<typeof Serving>[0]['feeds'];
    read: string[];
  } {
    const read: string[] = [];
    const { head } = origin.catalogue;
    const entries = [{ encoded: new Uint8Array(bytes) }];
    return {
      read,
      feeds: {
        page: (node) => {
          read.push(node);
          return Promise.resolve({ head, entries, more: false });
        },
      },
    };
  }

  it('has one page of an asker in memory at a time, however many it asks for', async () => {
    const { feeds, read } = largePages(1);
    const serving = new Serving({ feeds, clock });
    const first = serving.page('greedy', question(), signal);
    await first.next();
    const second = serving.page('greedy', question(), signal);
    const waiting = second.next();
    await answer(serving, 'other');
    expect(read, 'the first one of the greedy has not gone out yet').to.have.length(2);
    await first.return(undefined);
    expect((await waiting).done).to.equal(false);
    await second.return(undefined);
    expect(read).to.have.length(3);
  });

  it('gives an asker so many bytes a second, and the others theirs', async () => {
    const { feeds, read } = largePages(SECOND_OF_BYTES);
    const serving = new Serving({ feeds, clock });
    // A second is given in advance.
    await answer(serving, 'greedy');
    await answer(serving, 'greedy');
    const waiting = answer(serving, 'greedy');
    await until('it waits', () => clock.sleeping > 0);
    await answer(serving, 'other');
    expect(read).to.have.length(3);
    clock.advance(999);
    expect(clock.sleeping, 'not before its time').to.equal(1);
    clock.advance(1);
    expect((await waiting)?.type).to.equal('page');
  });

  it('gives the turn back when the asker goes while it waits', async () => {
    const { feeds } = largePages(3 * SECOND_OF_BYTES);
    const serving = new Serving({ feeds, clock });
    await answer(serving, 'a');
    const gone = new AbortController();
    const left = serving.page('a', question(), gone.signal).next();
    await until('it waits', () => clock.sleeping > 0);
    gone.abort(new Error('gone'));
    expect(await left.catch((error: unknown) => (error as Error).message)).to.equal('gone');
    clock.advance(10_000);
    expect((await answer(serving, 'a'))?.type).to.equal('page');
  });
});
