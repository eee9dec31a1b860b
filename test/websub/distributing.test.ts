import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { OutboundError } from '../../node/outbound/index.ts';
import { status, type Answer } from '../support/test-callbacks.ts';
import { until } from '../support/until.ts';
import { CALLBACK, DAY, hanging, HUB, SECOND, TestHub, TOPIC } from './support.ts';

const HOST = 'reader.example';

describe('the news of the hub', () => {
  let test: TestHub;
  beforeEach(async () => {
    test = await TestHub.open({ answerWithinMs: 30 });
  });
  afterEach(() => test.close());

  /** Moves the time to when the next attempt is due, and waits for it. */
  const next = async (attempts: number): Promise<void> => {
    test.clock.advance((test.only().failing?.next ?? 0) - test.clock.now());
    await test.failed(attempts);
  };

  it('are posted with type and links, signed with the secret', async () => {
    await test.subscribe(`${CALLBACK}?key=1`, { secret: 'between us' });
    test.publish();
    await test.bodies(1);
    expect(test.callbacks.delivered).to.deep.equal([
      {
        address: `${CALLBACK}?key=1`,
        body: '1 to 1',
        headers: {
          'content-type': 'text/plain',
          link: `<${HUB}>; rel="hub", <${TOPIC}>; rel="self"`,
          'x-hub-signature': `sha256=${createHmac('sha256', 'between us').update('1 to 1').digest('hex')}`,
        },
      },
    ]);
    await until('it is noted', () => test.only().delivered === 1);
    expect(test.only()).to.include({ lastDelivery: test.clock.now() });
  });

  it('tell from the request on, not of what was before', async () => {
    test.publish(3);
    await test.hub.request({ mode: 'subscribe', topic: TOPIC, callback: CALLBACK });
    test.publish();
    expect(await test.bodies(1)).to.deep.equal(['4 to 4']);
  });

  it('that come close together go together', async () => {
    await test.subscribe();
    for (let n = 0; n < 5; n += 1) {
      test.topic.publish(2);
      test.clock.advance(SECOND / 5);
    }
    expect(await test.bodies(1)).to.deep.equal(['1 to 10']);
    test.publish();
    expect(await test.bodies(2)).to.deep.equal(['1 to 10', '11 to 11']);
  });

  it('that come while it is seen that there is nothing to tell are told after that', async () => {
    await test.subscribe();
    const { topic } = test;
    const newsSince = topic.newsSince.bind(topic);
    topic.newsSince = () => {
      topic.newsSince = newsSince;
      topic.publish();
      return Promise.resolve(undefined);
    };
    test.publish();
    await until('nothing was told of the first', () => test.only().told.place === 1);
    test.clock.advance(SECOND);
    expect(await test.bodies(1)).to.deep.equal(['2 to 2']);
  });

  it('that are many go in pieces, one after another', async () => {
    await test.subscribe();
    test.publish(250);
    expect(await test.bodies(3)).to.deep.equal(['1 to 100', '101 to 200', '201 to 250']);
  });

  it('are tried again with growing pauses, and tell then what came meanwhile, too', async () => {
    await test.subscribe();
    test.callbacks.takes.set(HOST, status(500));
    test.publish();
    await test.failed(1);
    const pauses = [(test.only().failing?.next ?? 0) - test.clock.now()];
    for (let attempt = 2; attempt < 13; attempt += 1) {
      await next(attempt);
      pauses.push((test.only().failing?.next ?? 0) - test.clock.now());
    }
    const minutes = pauses.map((pause) => pause / 60_000);
    expect(minutes).to.deep.equal([0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    expect(test.only()).to.deep.include({ state: 'failing' });
    expect(test.only().failing).to.include({ code: 'HTTP_500', attempts: 12 });
    test.publish(4);
    test.callbacks.takes.delete(HOST);
    test.clock.advance(360 * 60_000);
    expect(await test.bodies(1)).to.deep.equal(['1 to 5']);
    await until('it is well again', () => test.only().state === 'active');
    expect(test.only().failing).to.equal(undefined);
  });

  it('wait for as long as the callback asks for', async () => {
    await test.subscribe();
    test.callbacks.takes.set(HOST, status(503, { 'retry-after': '7200' }));
    test.publish();
    await test.failed(1);
    expect(test.only().failing?.next).to.equal(test.clock.now() + 7_200_000);
  });

  it('are given up after three days, and the next are tried as long as the lease lasts', async () => {
    await test.subscribe();
    test.callbacks.takes.set(HOST, status(500));
    test.publish();
    await test.failed(1);
    let attempts = 1;
    while (test.only().state === 'failing') await next((attempts += 1));
    expect(test.only().state).to.equal('given-up');
    test.clock.advance(DAY);
    await test.subscribe('https://other.example/');
    const failing = test.hub.subscriptions()[0]?.failing;
    expect(failing?.attempts).to.equal(attempts);

    test.callbacks.takes.delete(HOST);
    test.publish();
    expect((await test.bodies(2)).toSorted()).to.deep.equal(['1 to 2', '2 to 2']);
  });

  it('end with 410', async () => {
    await test.subscribe();
    test.callbacks.takes.set(HOST, status(410));
    test.publish();
    await until('it has ended', () => test.only().state === 'gone');
    expect(test.only().failing).to.include({ code: 'HTTP_410', attempts: 1 });
    test.callbacks.takes.delete(HOST);
    test.publish();
    test.clock.advance(DAY);
    await test.reopen();
    expect(test.only().state).to.equal('gone');
    expect(test.callbacks.delivered).to.deep.equal([]);
  });

  const failures: readonly (readonly [string, Answer, string])[] = [
    ['a redirect to itself', status(307, { location: CALLBACK }), 'HTTP_307'],
    ['404', status(404), 'HTTP_404'],
    [
      'a private address',
      () => {
        throw new OutboundError('OUTBOUND_PRIVATE_ADDRESS', 'reader.example is not in the public Internet.');
      },
      'OUTBOUND_PRIVATE_ADDRESS',
    ],
    [
      'a broken connection',
      () => {
        throw new TypeError('terminated');
      },
      'OUTBOUND_FAILED',
    ],
  ];
  for (const [name, answer, code] of failures) {
    it(`have failed with ${name}`, async () => {
      await test.subscribe();
      let asked = 0;
      test.callbacks.takes.set(HOST, (address, init) => {
        asked += 1;
        return answer(address, init);
      });
      test.publish();
      await test.failed(1);
      expect(test.only().failing).to.include({ code });
      expect(asked).to.equal(1);
    });
  }

  it('have failed where the callback hangs, and others are told meanwhile', async () => {
    await test.subscribe();
    await test.subscribe('https://other.example/calls');
    test.callbacks.takes.set(HOST, hanging);
    test.publish();
    expect(await test.bodies(1)).to.have.length(1);
    await until('it has failed', () => test.hub.counts().failing === 1);
    expect(test.hub.subscriptions()[0]?.failing).to.include({ code: 'OUTBOUND_TIMEOUT' });
  });

  it('do not read 10 GB of an answer', async () => {
    await test.subscribe();
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    test.callbacks.takes.set(HOST, () => new Response(endless));
    test.publish();
    await until('it is told', () => test.only().delivered === 1);
    expect(pulled).to.be.lessThan(3);
  });

  it('go to each host one after another, and to eight at once at the most', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        for (let call = 0; call < 2; call += 1)
          await test.hub.request({
            mode: 'subscribe',
            topic: TOPIC,
            callback: `https://h${n}.example/${call}`,
          });
      }),
    );
    await test.settled();
    expect(test.callbacks.mostAtOnce).to.be.at.most(4);
    test.publish();
    await test.bodies(40);
    expect(test.callbacks.mostOfHost).to.equal(1);
    expect(test.callbacks.mostAtOnce).to.be.at.most(8);
  });

  it('are told of after a restart, with how it stood', async () => {
    await test.subscribe(CALLBACK, { secret: 'kept' });
    test.publish();
    await test.bodies(1);
    test.callbacks.takes.set(HOST, status(500));
    test.publish();
    await test.failed(1);
    await test.hub.request({ mode: 'unsubscribe', topic: TOPIC, callback: CALLBACK });
    await test.settled();
    await test.subscribe(CALLBACK, { secret: 'kept' });
    test.publish();
    await test.failed(1);
    const before = test.only();
    await test.reopen();
    expect(test.only()).to.deep.equal(before);
    test.callbacks.takes.delete(HOST);
    test.topic.publish();
    test.clock.advance(30_000);
    await test.bodies(2);
    expect(test.callbacks.delivered.at(-1)?.body).to.equal('3 to 4');
    expect(test.callbacks.delivered.at(-1)?.headers).to.have.property('x-hub-signature');
  });

  it('have figures', async () => {
    await test.subscribe();
    await test.subscribe('https://other.example/');
    test.callbacks.takes.set(HOST, status(500));
    test.publish();
    await until(
      'all are tried',
      () => test.hub.counts().failing === 1 && test.callbacks.delivered.length === 1,
    );
    await until('all are noted', () => test.hub.subscriptions().some(({ delivered }) => delivered === 1));
    const text = await test.registry.metrics();
    for (const line of [
      'ngr_websub_subscriptions{state="active"} 1',
      'ngr_websub_subscriptions{state="failing"} 1',
      'ngr_websub_confirmations_total{outcome="confirmed"} 2',
      'ngr_websub_deliveries_total{outcome="delivered"} 1',
      'ngr_websub_deliveries_total{outcome="failed"} 1',
    ]) {
      expect(text).to.include(line);
    }
  });

  it('go on when they could not be read once', async () => {
    await test.subscribe();
    test.topic.fault = new Error('The disk is slow.');
    test.publish();
    await until('it waits', () => test.clock.sleeping > 1);
    test.topic.fault = undefined;
    test.clock.advance(10 * SECOND);
    expect(await test.bodies(1)).to.deep.equal(['1 to 1']);
  });

  it('tell every number once, in their order, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            published: fc.integer({ min: 0, max: 120 }),
            answer: fc.constantFrom(200, 200, 500, 503, 302),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (steps) => {
          const run = await TestHub.open();
          try {
            await run.subscribe();
            for (const { published, answer } of steps) {
              run.callbacks.takes.set(HOST, status(answer));
              run.publish(published);
              run.clock.advance(DAY / 100);
            }
            run.callbacks.takes.delete(HOST);
            await until('all is told', () => {
              run.clock.advance(DAY / 100);
              return run.only().state === 'expired' || run.only().told.place === run.topic.newest.place;
            });
            const told = run.callbacks.delivered.flatMap(({ body }) => {
              const [first = 0, last = 0] = body.split(' to ').map(Number);
              return Array.from({ length: last - first + 1 }, (_, i) => first + i);
            });
            expect(told).to.deep.equal(told.map((_, i) => i + 1));
            expect(told).to.have.length(run.only().told.place);
          } finally {
            await run.close();
          }
        },
      ),
      { seed: 7, numRuns: 15 },
    );
  });
});
