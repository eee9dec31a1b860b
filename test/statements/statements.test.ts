import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { StatementError, Statements, type Verdict } from '../../node/statements/index.ts';
import { openStore, type Section, type Store } from '../../node/store/index.ts';
import { TestClock } from '../support/test-clock.ts';

const keyOf = (n: number): string => 'abcdefghij'[n]?.repeat(20) ?? '';
const [A, B, C, D] = [keyOf(0), keyOf(1), keyOf(2), keyOf(3)] as [string, string, string, string];

describe('the manager’s statements', () => {
  const clock = new TestClock();
  let directory: string;
  let store: Store;
  let section: Section;
  let statements: Statements;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    await openAgain();
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function openAgain(most?: number): Promise<void> {
    store = await openStore(directory);
    section = store.section('statements');
    await section.open();
    statements = await Statements.open({ section, clock, ...(most !== undefined && { most }) });
  }

  async function refusal(saying: Promise<unknown>): Promise<string> {
    const error: unknown = await saying.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(StatementError);
    expect((error as StatementError).remedy).to.be.a('string');
    return (error as StatementError).code;
  }

  it('are of both records, whichever was named first, and say when and in which role', async () => {
    const said = await statements.say(B, A, 'different');
    expect(said).to.deep.equal({ records: [A, B], says: 'different', by: 'manager', at: clock.now() });
    expect(await statements.of(A)).to.deep.equal([{ other: B, says: 'different' }]);
    expect(await statements.of(B)).to.deep.equal([{ other: A, says: 'different' }]);
    expect(statements.about(A, B)).to.deep.equal(statements.about(B, A));
  });

  it('outlive the node’s end', async () => {
    const said = [await statements.say(A, B, 'same'), await statements.say(A, C, 'different')];
    await store.close();
    await openAgain();
    expect(statements.list({ limit: 10 })).to.deep.equal(said);
    expect(statements.count).to.equal(2);
  });

  it('stand until they are taken back, or the contrary is said', async () => {
    await statements.say(A, B, 'same');
    await statements.say(A, B, 'different');
    expect(statements.list({ limit: 10 }).map(({ says }) => says)).to.deep.equal(['different']);
    await statements.takeBack(B, A);
    expect(statements.count).to.equal(0);
    expect(await statements.of(A)).to.deep.equal([]);
    expect(await refusal(statements.takeBack(A, B))).to.equal('STATEMENT_UNKNOWN');
    await store.close();
    await openAgain();
    expect(statements.list({ limit: 10 })).to.deep.equal([]);
  });

  it('are told to whoever listens, once for each change', async () => {
    const told: (readonly string[])[] = [];
    const end = statements.onChange((records) => told.push(records));
    await statements.say(B, A, 'same');
    await statements.say(A, B, 'same');
    await statements.takeBack(A, B);
    end();
    await statements.say(A, B, 'same');
    expect(told).to.deep.equal([
      [A, B],
      [A, B],
    ]);
  });

  it('are not of one record', async () => {
    expect(await refusal(statements.say(A, A, 'same'))).to.equal('STATEMENT_OF_ITSELF');
  });

  it('do not contradict one another, through others either', async () => {
    await statements.say(A, B, 'same');
    await statements.say(B, C, 'same');
    expect(await refusal(statements.say(A, C, 'different'))).to.equal('STATEMENT_CONTRADICTS');
    await statements.say(C, D, 'different');
    expect(await refusal(statements.say(A, D, 'same'))).to.equal('STATEMENT_CONTRADICTS');
    await statements.takeBack(C, D);
    await statements.say(A, D, 'same');
  });

  it('go along with records whose node has another key now', async () => {
    await statements.say(A, B, 'same');
    await statements.say(B, C, 'different');
    const told: (readonly string[])[] = [];
    statements.onChange((records) => told.push(records));
    await statements.followMoves((record) => Promise.resolve(record === B ? D : undefined));
    expect(told.flat()).to.include.members([A, B, C, D]);
    const expected = [
      { records: [A, D], says: 'same' },
      { records: [C, D], says: 'different' },
    ];
    const said = (): object[] =>
      statements.list({ limit: 9 }).map(({ records, says }) => ({ records, says }));
    expect(said()).to.deep.equal(expected);
    await store.close();
    await openAgain();
    expect(said()).to.deep.equal(expected);
    expect(statements.count).to.equal(2);
    await statements.followMoves((record) => Promise.resolve(record === D ? A : undefined));
    expect(said()).to.deep.equal([{ records: [A, C], says: 'different' }]);
  });

  it('are no more than there may be', async () => {
    await store.close();
    await openAgain(2);
    await statements.say(A, B, 'same');
    await statements.say(A, C, 'same');
    expect(await refusal(statements.say(A, D, 'same'))).to.equal('STATEMENT_TOO_MANY');
    await statements.say(A, C, 'different');
    expect(statements.count).to.equal(2);
  });

  it('come a page at a time, all of them or those about a record', async () => {
    const pairs: [string, string][] = [
      [A, B],
      [A, C],
      [B, D],
      [C, D],
    ];
    for (const [a, b] of pairs) await statements.say(a, b, 'different');
    const first = statements.list({ limit: 3 });
    const after = first.at(-1)?.records;
    const rest = statements.list({ limit: 3, ...(after !== undefined && { after }) });
    expect([...first, ...rest].map(({ records }) => records)).to.deep.equal(pairs);
    expect(statements.list({ record: D, limit: 9 }).map(({ records }) => records)).to.deep.equal(
      pairs.slice(2),
    );
  });

  it('never make two records the same and not the same, whatever is said in whatever order', async () => {
    const saying = fc.record({
      a: fc.integer({ min: 0, max: 5 }),
      b: fc.integer({ min: 0, max: 5 }),
      says: fc.constantFrom<Verdict | 'take back'>('same', 'different', 'take back'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(saying, { maxLength: 30 }), async (sayings) => {
        await section.clear();
        statements = await Statements.open({ section, clock });
        for (const { a, b, says } of sayings) {
          const done =
            says === 'take back'
              ? statements.takeBack(keyOf(a), keyOf(b))
              : statements.say(keyOf(a), keyOf(b), says);
          await done.catch((error: unknown) => expect(error).to.be.instanceOf(StatementError));
        }
        const all = statements.list({ limit: 100 });
        const groups = new Map(Array.from({ length: 6 }, (_, n) => [keyOf(n), n]));
        for (const { records, says } of all) {
          if (says === 'different') continue;
          const [one, other] = records.map((record) => groups.get(record));
          for (const [record, group] of groups) if (group === other) groups.set(record, one ?? -1);
        }
        for (const { records, says } of all)
          if (says === 'different') expect(groups.get(records[0])).to.not.equal(groups.get(records[1]));
        expect((await Statements.open({ section, clock })).list({ limit: 100 })).to.deep.equal(all);
      }),
      { numRuns: 40, seed: 6 },
    );
  });
});
