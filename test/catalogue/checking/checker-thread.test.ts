import { expect } from 'chai';
import { CheckerThread, FeedError, type CheckedPage } from '../../../node/catalogue/index.ts';
import { limits } from '../../../protocols/replication/index.ts';
import { encodeFrame } from '../../../protocols/replication/frame.ts';
import { responseToWire } from '../../../protocols/replication/messages.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

/** More than what is checked in place. */
const RECORDS = 1_200;

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the thread that checks pages', () => {
  let origin: TestCatalogue;
  let copy: TestCatalogue;
  let clock: TestClock;
  let checker: CheckerThread;
  /** Threads take their time to start: for what does not end it, there is one. */
  const shared = new CheckerThread({ clock: new TestClock() });
  let frames: Uint8Array[];

  before(async () => {
    origin = await aCatalogue();
    copy = await aCatalogue({ base: 'https://copy.example' });
    await origin.catalogue.put(Array.from({ length: RECORDS }, (_, n) => aPut(n + 1)));
    frames = [];
    for (let after = 0; after < RECORDS; after += limits.entries) frames.push(await frameBehind(after));
  });
  after(async () => {
    await shared.stop();
    await origin.close();
    await copy.close();
  });
  beforeEach(() => {
    clock = new TestClock();
    checker = new CheckerThread({ clock });
  });
  afterEach(async () => {
    await checker.stop();
  });

  async function frameBehind(after: number, entries: number = limits.entries): Promise<Uint8Array> {
    const { node, feeds } = origin.catalogue;
    const page = await feeds.page(node, after, { entries, bytes: 1e7 });
    if (page === undefined) throw new Error('the feed is not whole');
    return await encodeFrame(responseToWire({ type: 'page', ...page }));
  }

  it('gives pages in the order of the questions, as they can be taken in', async () => {
    const pages = await Promise.all(frames.map((frame) => shared.check(frame)));
    expect(shared.isRunning).to.equal(true);
    for (const page of pages) await copy.catalogue.take(page as CheckedPage);
    const { head, node } = origin.catalogue;
    expect(await copy.catalogue.confirm(head)).to.equal('complete');
    const pageOf = ({ catalogue }: TestCatalogue) =>
      catalogue.feeds.page(node, 700, { entries: 300, bytes: 1e7 });
    expect((await pageOf(copy))?.entries).to.deep.equal((await pageOf(origin))?.entries);
  });

  it('finds the same as a check in place', async () => {
    const [inThread] = await Promise.all(
      [frames[0], frames[1]].map((frame) => shared.check(frame ?? new Uint8Array())),
    );
    const inPlace = await copy.catalogue.check(frames[0] ?? new Uint8Array());
    expect(inThread?.changes).to.deep.equal(inPlace?.changes);
    expect(inThread?.members.digest()).to.equal(inPlace?.members.digest());
  });

  it('tells why it refuses a page, and goes on with the next', async () => {
    const [whole = new Uint8Array(), next = new Uint8Array()] = frames;
    const damaged = Buffer.concat([whole.subarray(0, 30_000), Buffer.alloc(whole.length)]);
    const answers = [shared.check(whole), refusalOf(shared.check(damaged)), shared.check(next)];
    const [, refusal, page] = await Promise.all(answers);
    expect(refusal).to.be.instanceOf(FeedError);
    expect(refusal).to.include({ code: 'REPLICATION_BAD_FRAME' });
    expect((page as CheckedPage).changes).to.have.length(limits.entries);
  });

  it('is not started for a small page', async () => {
    const page = await checker.check(await frameBehind(RECORDS - 3, 3));
    expect(page?.changes.map(({ seq }) => seq)).to.deep.equal([RECORDS - 2, RECORDS - 1, RECORDS]);
    expect(checker.isRunning).to.equal(false);
    const refusal = await refusalOf(checker.check(Uint8Array.of(9)));
    expect(refusal).to.include({ code: 'REPLICATION_BAD_FRAME' });
  });

  it('ends when it had nothing to check for a minute, and is started again', async () => {
    const [first = new Uint8Array()] = frames;
    await checker.check(first);
    await until('it waits', () => clock.sleeping > 0);
    clock.advance(59_000);
    expect((await checker.check(first))?.changes).to.have.length(limits.entries);
    clock.advance(59_000);
    expect(checker.isRunning, 'it was used in between').to.equal(true);
    clock.advance(2_000);
    await until('it has ended', () => !checker.isRunning);
    expect((await checker.check(first))?.changes).to.have.length(limits.entries);
  });

  it('fails what is being checked when it is stopped', async () => {
    const [first = new Uint8Array()] = frames;
    const answers = Promise.all([refusalOf(checker.check(first)), refusalOf(checker.check(first))]);
    await checker.stop();
    for (const error of await answers) expect(error).to.include({ code: 'CATALOGUE_CHECK_ENDED' });
    expect(checker.isRunning).to.equal(false);
  });
});
