import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Spoil } from '../support/misbehaving-repository.ts';
import { aHarvest, HOUR, type TestHarvest } from '../support/test-harvest.ts';

/** What befalls a harvest at one of its requests. */
const faults = {
  none: () => undefined,
  'status 500': () => ({ status: 500 }),
  'connection cut': (answer) => ({ body: answer.slice(0, answer.length / 2), cutOff: true }),
  'page cut': (answer) => ({ body: answer.slice(0, answer.length / 2) }),
  'web page': () => ({ body: '<html><body>Sorry</body></html>' }),
} satisfies Record<string, (answer: string) => ReturnType<Spoil>>;

const step = fc.record({
  /** Numbers of records that change, are deleted, or vanish, before the harvest. */
  changes: fc.array(
    fc.tuple(
      fc.constantFrom('put' as const, 'delete' as const, 'drop' as const),
      fc.integer({ min: 1, max: 14 }),
    ),
    {
      maxLength: 5,
    },
  ),
  full: fc.boolean(),
  fault: fc.constantFrom(...(Object.keys(faults) as (keyof typeof faults)[])),
  /** The request from which on it happens. */
  at: fc.integer({ min: 1, max: 7 }),
  tokensExpire: fc.boolean(),
  afterwards: fc.constantFrom('go on', 'stop at once', 'open again'),
});

describe('a harvest that is broken off at any point and gone on with', () => {
  it('ends with what the repository has, as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const test = await aHarvest();
        try {
          for (let n = 1; n <= 12; n += 1) test.repository.put(n);
          for (const [number, { changes, full, fault, at, tokensExpire, afterwards }] of steps.entries()) {
            for (const [change, n] of changes) {
              if (change === 'put') test.repository.put(n, `Title ${n}, changed ${number}`);
              else if (test.repository.records.has(`oai:repository.example:${n}`)) test.repository[change](n);
            }
            const start = test.repository.asked.length;
            let stopped: Promise<void> | undefined;
            test.repository.spoil = (answer, { count }) => {
              if (count < start + at) return undefined;
              if (afterwards === 'stop at once') stopped ??= test.harvester.stop();
              return faults[fault](answer);
            };
            await test.harvester.run({ full });
            await stopped;
            if (afterwards !== 'go on') await test.reopen();
            if (tokensExpire) test.repository.expireTokens();
            test.clock.advance(HOUR);
          }
          test.repository.spoil = () => undefined;
          expect((await test.harvester.run())[0]).to.include({ outcome: 'complete' });
          expect((await test.harvester.run({ full: true }))[0]).to.include({ outcome: 'complete' });
          await isWhatTheRepositoryHas(test);
        } finally {
          await test.close();
        }
      }),
      { seed: 20261121, numRuns: 25 },
    );
  });
});

async function isWhatTheRepositoryHas(test: TestHarvest): Promise<void> {
  const content = await test.content();
  const live = Object.entries(content).filter(([, title]) => title !== 'deleted');
  const expected = [...test.repository.records.values()].flatMap(({ header, metadata }) =>
    header.deleted
      ? []
      : [
          [
            header.identifier.replace('oai:repository.example:', ''),
            /<dc:title>([^<]*)/.exec(metadata ?? '')?.[1],
          ],
        ],
  );
  expect(Object.fromEntries(live)).to.deep.equal(Object.fromEntries(expected));
  expect(await test.harvester.issues({ limit: 100 })).to.deep.equal([]);
}
