import { expect } from 'chai';
import { SelfAssessment, type Observation, type SelfAssessmentOptions } from '../../node/assessment/index.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
const SEEN: Observation = { kind: 'status', address: 'https://node.example/', status: 200 };

type Checks = SelfAssessmentOptions<'quick' | 'slow'>['checks'];
type Check = Checks extends ReadonlyMap<string, infer Each> ? Each : never;

describe('a node’s look at itself', () => {
  let clock: TestClock;
  let runs: number;
  let release: () => void;
  /** What the slow check waits for. */
  let released: Promise<void>;
  let asked: string[];
  let assessment: SelfAssessment<'quick' | 'slow'>;
  beforeEach(() => {
    clock = new TestClock();
    runs = 0;
    asked = [];
    released = new Promise((resolve) => {
      release = resolve;
    });
    const checks: Checks = new Map<'quick' | 'slow', Check>([
      [
        'quick',
        () => {
          runs += 1;
          return Promise.resolve([SEEN]);
        },
      ],
      [
        'slow',
        async (visitor) => {
          const { signal } = visitor.exchange;
          const ended = new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
          await Promise.race([released, ended]);
          return [SEEN];
        },
      ],
    ]);
    assessment = new SelfAssessment({
      checks,
      base: 'https://node.example/ngr',
      url: 'http://127.0.0.1:8080',
      fetch: () => Promise.resolve(new Response('{}')),
      clock,
      log: silentLog,
    });
  });
  afterEach(() => assessment.stop());

  it('is shared by all who ask at the same time, and told again for ten minutes', async () => {
    release();
    const [one, two] = await Promise.all([assessment.report(), assessment.report()]);
    expect(one).to.equal(two);
    expect(one.verdicts.get('slow')).to.deep.equal({ outcome: 'passed', seen: [SEEN] });
    clock.advance(10 * MINUTE - 1);
    expect(await assessment.report()).to.equal(one);
    expect(runs).to.equal(1);
    clock.advance(1);
    expect((await assessment.report()).startedAt).to.equal(one.startedAt + 10 * MINUTE);
    expect(runs).to.equal(2);
  });

  it('is taken anew on demand', async () => {
    release();
    await assessment.report();
    await assessment.renew();
    expect(runs).to.equal(2);
  });

  it('does not keep anybody waiting: what is known so far is told, then the last report', async () => {
    const first = assessment.report();
    clock.advance(5_000);
    const soFar = await first;
    expect(soFar.completedAt).to.equal(undefined);
    expect(soFar.verdicts.get('slow')).to.deep.equal({ outcome: 'untested' });
    release();
    const whole = await assessment.renew();
    expect(runs, 'the run went on').to.equal(1);
    expect(whole.verdicts.get('slow')).to.deep.equal({ outcome: 'passed', seen: [SEEN] });

    clock.advance(20 * MINUTE);
    released = new Promise(() => undefined);
    const late = assessment.report();
    clock.advance(5_000);
    expect(await late).to.equal(whole);
  });

  it('ends after half a minute, and tells which checks had no answer', async () => {
    const run = assessment.renew();
    clock.advance(30_000);
    const { verdicts } = await run;
    expect(verdicts.get('quick')).to.deep.equal({ outcome: 'passed', seen: [SEEN] });
    expect(verdicts.get('slow')).to.deep.equal({
      outcome: 'failed',
      seen: [{ kind: 'slow', address: 'https://node.example/ngr', seconds: 30 }],
    });
  });

  it('ends with the node', async () => {
    const run = assessment.renew();
    await assessment.stop();
    expect((await run).verdicts.get('slow')).to.include({ outcome: 'failed' });
  });

  describe('goes', () => {
    const ask = async (address: string): Promise<unknown> => {
      const one = new SelfAssessment({
        checks: new Map([
          [
            'one',
            async (visitor) => {
              await visitor.ask(address);
              return [];
            },
          ],
        ]),
        base: 'https://node.example/ngr',
        url: 'http://127.0.0.1:8080',
        fetch: (to) => {
          asked.push(String(to));
          return Promise.resolve(new Response('{}'));
        },
        clock,
        log: silentLog,
      });
      const verdict = (await one.renew()).verdicts.get('one');
      return verdict !== undefined && 'seen' in verdict ? verdict.seen[0] : verdict;
    };

    it('to the port on which the node listens, whatever the base URL', async () => {
      await ask('https://node.example/ngr/records?limit=1');
      await ask('https://node.example/ngr');
      await ask('/usage');
      expect(asked).to.deep.equal([
        'http://127.0.0.1:8080/records?limit=1',
        'http://127.0.0.1:8080/',
        'http://127.0.0.1:8080/usage',
      ]);
    });

    for (const address of [
      'https://other.example/ngr/records',
      'https://node.example/elsewhere',
      'https://node.example/ngrown',
      'http://node.example/ngr/',
      'no address',
      'https://node.example/ngr/assessments/ngr-behaviours',
      'https://node.example/ngr/api/assessments/ngr-behaviours',
      'https://node.example/ngr/x/../assessments',
    ]) {
      it(`not to ${address}`, async () => {
        expect(await ask(address)).to.deep.equal({ kind: 'elsewhere', address });
        expect(asked).to.deep.equal([]);
      });
    }
  });
});
