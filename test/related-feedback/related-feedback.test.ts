import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { FeedbackError, RelatedFeedback } from '../../node/related-feedback/index.ts';
import { openStore, type Section, type Store } from '../../node/store/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const keyOf = (letter: string): string => letter.repeat(20);
const [A, B, C, D] = [keyOf('a'), keyOf('b'), keyOf('c'), keyOf('d')] as [string, string, string, string];
const DAY_MS = 86_400_000;
/** Addresses of documentation (RFC 5737, RFC 3849). */
const reader = (n: number): string => `192.0.2.${n}`;

describe('what is said of related items', () => {
  let clock: TestClock;
  let directory: string;
  let store: Store;
  let section: Section;
  let feedback: RelatedFeedback;

  beforeEach(async () => {
    clock = new TestClock();
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    await openAgain();
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function openAgain(bounds: { most?: number } = {}): Promise<void> {
    store = await openStore(directory);
    section = store.section('related-feedback');
    await section.open();
    feedback = await RelatedFeedback.open({ section, clock, log: silentLog, ...bounds });
  }

  const leftOut = async (record: string): Promise<string[]> => [...(await feedback.irrelevant(record))];
  const codeOf = async (doing: Promise<unknown>): Promise<string> => {
    const error: unknown = await doing.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(FeedbackError);
    expect((error as FeedbackError).remedy).to.be.a('string');
    return (error as FeedbackError).code;
  };

  it('leaves an item out when three readers agree, beside that record only and in that direction', async () => {
    for (const n of [1, 2]) expect(await feedback.vote(reader(n), A, B)).to.equal('counted');
    expect(await leftOut(A)).to.deep.equal([]);
    await feedback.vote(reader(3), A, B);
    expect(await leftOut(A)).to.deep.equal([B]);
    expect(await leftOut(B)).to.deep.equal([]);
    expect(await leftOut(C)).to.deep.equal([]);
  });

  it('counts one address once a day, however often it asks', async () => {
    for (let i = 0; i < 10; i += 1) await feedback.vote(reader(1), A, B);
    expect(feedback.list({ limit: 10 })).to.deep.equal([{ record: A, item: B, votes: 1, at: clock.now() }]);
    clock.advance(DAY_MS);
    expect(await feedback.vote(reader(1), A, B)).to.equal('counted');
    expect(await feedback.vote(reader(1), A, B)).to.equal('known');
  });

  it('takes addresses of one IPv6 network, and one of IPv4 written as of IPv6, for one reader', async () => {
    await feedback.vote('2001:db8:1:2::1', A, B);
    expect(await feedback.vote('2001:db8:1:2:ffff::2', A, B)).to.equal('known');
    expect(await feedback.vote('2001:db8:1:3::1', A, B)).to.equal('counted');
    await feedback.vote(reader(1), A, C);
    expect(await feedback.vote(`::ffff:${reader(1)}`, A, C)).to.equal('known');
    expect(await feedback.vote('no address at all', A, C)).to.equal('counted');
  });

  it('keeps nothing of who voted', async () => {
    await feedback.vote(reader(1), A, B);
    const rows = await section.iterator().all();
    expect(rows.map(([key]) => key)).to.deep.equal([`f!${A}!${B}`]);
    // Votes, who left it out, time: three values and no more.
    expect(rows[0]?.[1]).to.have.length.below(20);
  });

  it('takes a hundred votes of an address a day, and says when it takes more', async () => {
    for (let n = 0; n < 100; n += 1) await feedback.vote(reader(1), keyOf('e').slice(0, 18) + n, B);
    const error: unknown = await feedback.vote(reader(1), A, B).catch((reason: unknown) => reason);
    expect((error as FeedbackError).code).to.equal('FEEDBACK_TOO_MANY');
    const { retryAfter } = (error as FeedbackError).details;
    expect(retryAfter).to.equal(Math.ceil((DAY_MS - (clock.now() % DAY_MS)) / 1000));
    expect(await feedback.vote(reader(2), A, B)).to.equal('counted');
    clock.advance(Number(retryAfter) * 1000);
    expect(await feedback.vote(reader(1), A, B)).to.equal('counted');
  });

  it('believes the manager at once, until she takes it back', async () => {
    const opinion = await feedback.leaveOut(A, B);
    expect(opinion).to.deep.equal({ record: A, item: B, votes: 0, leftOutBy: 'manager', at: clock.now() });
    expect(await leftOut(A)).to.deep.equal([B]);
    clock.advance(1);
    expect(await feedback.leaveOut(A, B), 'the same again').to.deep.equal(opinion);
    expect(await feedback.vote(reader(1), A, B)).to.equal('known');
    await feedback.takeBack(A, B);
    expect(await leftOut(A)).to.deep.equal([]);
    expect(await codeOf(feedback.takeBack(A, B))).to.equal('FEEDBACK_UNKNOWN');
  });

  it('begins anew with the votes of what is taken back', async () => {
    for (const n of [1, 2, 3]) await feedback.vote(reader(n), A, B);
    await feedback.takeBack(A, B);
    await feedback.vote(reader(4), A, B);
    expect(await leftOut(A)).to.deep.equal([]);
    expect(feedback.counts).to.deep.equal({ pairs: 1, leftOut: 0 });
  });

  it('is not about a record beside itself', async () => {
    expect(await codeOf(feedback.vote(reader(1), A, A))).to.equal('FEEDBACK_OF_ITSELF');
    expect(await codeOf(feedback.leaveOut(A, A))).to.equal('FEEDBACK_OF_ITSELF');
  });

  it('outlives the node’s end', async () => {
    await feedback.leaveOut(A, B);
    for (const n of [1, 2]) await feedback.vote(reader(n), A, C);
    const said = feedback.list({ limit: 10 });
    await store.close();
    await openAgain();
    expect(feedback.list({ limit: 10 })).to.deep.equal(said);
    await feedback.vote(reader(3), A, C);
    expect(await leftOut(A)).to.have.members([B, C]);
  });

  it('counts votes that come at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => feedback.vote(reader(n), A, B)));
    expect(feedback.list({ limit: 10 }).map(({ votes }) => votes)).to.deep.equal([5]);
  });

  it('leaves out twenty items of a record at the readers’ word, and more at the manager’s only', async () => {
    for (let i = 0; i < 21; i += 1)
      for (const n of [1, 2, 3]) await feedback.vote(reader(n), A, `${keyOf('e').slice(0, 18)}${10 + i}`);
    expect(await leftOut(A)).to.have.length(20);
    await feedback.leaveOut(A, B);
    expect(await leftOut(A)).to.have.length(21);
  });

  it('forgets the vote that waits longest where there are too many, and refuses where all are left out', async () => {
    await store.close();
    await openAgain({ most: 2 });
    await feedback.vote(reader(1), A, B);
    clock.advance(1);
    await feedback.vote(reader(1), A, C);
    await feedback.vote(reader(2), A, B);
    await feedback.leaveOut(A, D);
    expect(feedback.list({ limit: 10 }).map(({ item }) => item)).to.deep.equal([B, D]);
    await feedback.leaveOut(A, B);
    expect(await codeOf(feedback.leaveOut(A, C))).to.equal('FEEDBACK_FULL');
    expect(await section.keys().all()).to.have.length(2);
  });

  it('takes the word of the manager also where readers have left out as many as are kept', async () => {
    await store.close();
    await openAgain({ most: 2 });
    for (const item of [B, C]) for (const n of [1, 2, 3]) await feedback.vote(reader(n), A, item);
    expect(await codeOf(feedback.vote(reader(1), A, D))).to.equal('FEEDBACK_FULL');
    await feedback.leaveOut(A, D);
    expect(await leftOut(A)).to.have.members([C, D]);
    expect(await section.keys().all()).to.have.length(2);
  });

  it('is listed page by page, all of it or what is about a record', async () => {
    for (const [record, item] of [
      [A, B],
      [A, C],
      [C, A],
      [D, B],
    ] as const)
      await feedback.leaveOut(record, item);
    const pairs = (found: ReturnType<RelatedFeedback['list']>): string[] =>
      found.map(({ record, item }) => `${record[0]}${item[0]}`);
    expect(pairs(feedback.list({ limit: 3 }))).to.deep.equal(['ab', 'ac', 'ca']);
    expect(pairs(feedback.list({ limit: 3, after: [C, A] }))).to.deep.equal(['db']);
    expect(pairs(feedback.list({ limit: 3, record: C }))).to.deep.equal(['ac', 'ca']);
    expect(pairs(feedback.list({ limit: 3, record: keyOf('f') }))).to.deep.equal([]);
  });
});

describe('what is said of related items, when records go', () => {
  it('is forgotten, also where that happened while the node was not running', async () => {
    const clock = new TestClock();
    const test = await aCatalogue({ clock });
    const section = test.store.section('related-feedback');
    const open = (): Promise<RelatedFeedback> => RelatedFeedback.open({ section, clock, log: silentLog });
    const results = await test.catalogue.put([1, 2, 3].map((n) => aPut(n)));
    const [first = '', second = '', third = ''] = results.map(({ key }) => key);
    const withdraw = (n: number): Promise<unknown> =>
      test.catalogue.put([
        { type: 'withdraw', oaiIdentifier: `oai:repository.example:${n}`, reason: 'It was wrong.' },
      ]);
    const feedback = await open();
    await feedback.leaveOut(first, second);
    await feedback.leaveOut(second, first);
    await feedback.leaveOut(first, third);
    await feedback.leaveOut(first, keyOf('z'));
    await feedback.follow(test.catalogue);
    expect(feedback.counts.pairs, 'one was of no record').to.equal(3);
    await withdraw(2);
    await feedback.stop();
    expect(feedback.list({ limit: 10 }).map(({ item }) => item)).to.deep.equal([third]);
    await withdraw(3);
    const again = await open();
    expect(again.counts.pairs).to.equal(1);
    await again.follow(test.catalogue);
    expect(again.counts.pairs).to.equal(0);
    expect(await section.keys().all()).to.deep.equal([]);
    await again.stop();
    await test.close();
  });
});
