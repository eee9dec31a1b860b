import { expect } from 'chai';
import { HubError } from '../../node/websub/index.ts';
import { OutboundError } from '../../node/outbound/index.ts';
import { status, type Answer } from '../support/test-callbacks.ts';
import { until } from '../support/until.ts';
import { CALLBACK, DAY, hanging, TestHub, TOPIC } from './support.ts';

const HOST = 'reader.example';

describe('subscribing at the hub', () => {
  let test: TestHub;
  afterEach(() => test.close());

  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await promise.catch((cause: unknown) => cause);
    return error instanceof HubError ? error.code : error;
  };
  const ask = (callback = CALLBACK, topic = TOPIC): Promise<void> =>
    test.hub.request({ mode: 'subscribe', topic, callback });

  describe('with a subscriber that answers', () => {
    beforeEach(async () => {
      test = await TestHub.open();
    });

    it('asks with a challenge of its own each time, and the lease', async () => {
      await test.subscribe(CALLBACK, { leaseSeconds: 3_600 });
      await test.subscribe(CALLBACK);
      const [first, second] = test.callbacks.questions.map(({ parameters }) => parameters);
      expect(first).to.include({
        'hub.mode': 'subscribe',
        'hub.topic': TOPIC,
        'hub.lease_seconds': '3600',
      });
      expect(first?.['hub.challenge']).to.have.length.greaterThan(40);
      expect(second?.['hub.challenge']).not.to.equal(first?.['hub.challenge']);
      expect(test.only()).to.include({ state: 'active', expires: test.clock.now() + 10 * DAY });
    });

    it('gives no longer lease than it may', async () => {
      await test.subscribe(CALLBACK, { leaseSeconds: 10 ** 9 });
      expect(test.callbacks.questions[0]?.parameters['hub.lease_seconds']).to.equal('864000');
    });

    it('asks about the topic as the subscriber wrote it', async () => {
      await ask(CALLBACK, TOPIC.replace('changes', '%63hanges'));
      await test.settled();
      expect(test.callbacks.questions[0]?.parameters['hub.topic']).to.equal(
        'https://node.example/%63hanges.xml',
      );
      expect(test.only().topic).to.equal(TOPIC);
    });

    it('keeps one subscription of a callback, which a renewal changes', async () => {
      await test.subscribe(CALLBACK, { secret: 'old' });
      test.publish(2);
      await test.bodies(1);
      test.clock.advance(DAY);
      await test.subscribe(CALLBACK);
      expect(test.only()).to.include({
        delivered: 1,
        signed: false,
        since: test.clock.now() - DAY - 1_000,
        expires: test.clock.now() + 10 * DAY,
      });
      test.publish();
      expect(await test.bodies(2)).to.deep.equal(['1 to 2', '3 to 3']);
    });

    it('leaves everything as it was where a renewal is not confirmed', async () => {
      await test.subscribe(CALLBACK, { secret: 'old' });
      const before = test.only();
      test.callbacks.asks.set(HOST, status(404));
      test.clock.advance(DAY);
      await test.subscribe(CALLBACK, { secret: 'stolen' });
      expect(test.only()).to.deep.equal(before);
    });

    it('ends when the subscriber wants it', async () => {
      await test.subscribe();
      await test.unsubscribe();
      expect(test.hub.subscriptions()).to.deep.equal([]);
      expect(test.callbacks.questions[1]?.parameters).to.include({ 'hub.mode': 'unsubscribe' });
      expect(test.callbacks.questions[1]?.parameters).not.to.have.property('hub.lease_seconds');
    });

    it('does not end because somebody else wants it', async () => {
      await test.subscribe();
      test.callbacks.asks.set(HOST, status(404));
      await test.unsubscribe();
      expect(test.only().state).to.equal('active');
    });

    it('ends with its lease', async () => {
      await test.subscribe(CALLBACK, { leaseSeconds: 60, secret: 's' });
      test.clock.advance(60_000);
      await until('it has ended', () => test.only().state === 'expired');
      test.publish();
      await test.reopen();
      expect(test.only()).to.include({ state: 'expired', signed: false });
      expect(test.callbacks.delivered).to.deep.equal([]);
      await test.subscribe();
      expect(test.only().state).to.equal('active');
    });

    it('refuses topics and ends of subscriptions that it does not know', async () => {
      expect(await codeOf(ask(CALLBACK, 'https://node.example/others.xml'))).to.equal('WEBSUB_UNKNOWN_TOPIC');
      const end = test.hub.request({ mode: 'unsubscribe', topic: TOPIC, callback: CALLBACK });
      expect(await codeOf(end)).to.equal('WEBSUB_UNKNOWN_SUBSCRIPTION');
      expect(test.callbacks.questions).to.deep.equal([]);
    });
  });

  describe('with a subscriber that does not confirm', () => {
    beforeEach(async () => {
      test = await TestHub.open({ answerWithinMs: 30 });
    });

    const endless = (): Response =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
        }),
      );
    const answers: readonly (readonly [string, Answer])[] = [
      ['that it does not know of it', status(404)],
      ['with another challenge', () => new Response('challenge')],
      ['with 10 GB', endless],
      ['with a redirect to itself', status(302, { location: CALLBACK })],
      ['with 500', status(500)],
      ['with nothing', status(204)],
    ];
    for (const [name, answer] of answers) {
      it(`there is no subscription where it answers ${name}, and it is not asked again`, async () => {
        test.callbacks.asks.set(HOST, answer);
        await test.subscribe();
        expect(test.hub.subscriptions()).to.deep.equal([]);
        test.clock.advance(DAY);
        await test.subscribe('https://other.example/');
        expect(test.callbacks.questions.filter(({ host }) => host === HOST)).to.have.length(1);
      });
    }

    it('asks three times where there is no answer', async () => {
      test.callbacks.asks.set(HOST, hanging);
      await ask();
      await test.callbacks.asked(1);
      for (const [asked, pause] of [
        [2, 30_000],
        [3, 60_000],
      ] as const) {
        await until('it waits', () => (test.callbacks.underWay.get(HOST) ?? 0) === 0);
        await until('it is asked again', () => {
          test.clock.advance(pause / 10);
          return test.callbacks.questions.length >= asked;
        });
      }
      await test.settled();
      expect(test.callbacks.questions).to.have.length(3);
      expect(test.hub.subscriptions()).to.deep.equal([]);
    });

    it('asks nothing where the callback lies in a private network', async () => {
      test.callbacks.asks.set(HOST, () => {
        throw new OutboundError('OUTBOUND_PRIVATE_ADDRESS', 'reader.example is not in the public Internet.');
      });
      await test.subscribe();
      expect(test.hub.subscriptions()).to.deep.equal([]);
      expect(test.callbacks.questions).to.have.length(1);
    });

    it('asks a host that does not confirm no more than every ten seconds', async () => {
      const times: number[] = [];
      test.callbacks.asks.set(HOST, () => {
        times.push(test.clock.now());
        return new Response(null, { status: 404 });
      });
      for (let n = 0; n < 5; n += 1) await ask(`${CALLBACK}/${n}`);
      await until('all are asked', () => {
        test.clock.advance(1_000);
        return test.hub.counts().unconfirmed === 0;
      });
      const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0));
      expect(pauses).to.have.length(4);
      expect(Math.min(...pauses)).to.be.at.least(10_000);
    });

    it('asks about the later of two requests', async () => {
      let [answered, release] = [false, (): void => undefined];
      test.callbacks.asks.set(HOST, async (address) => {
        if (!answered) {
          answered = true;
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        return new Response(new URL(address).searchParams.get('hub.challenge'));
      });
      await test.hub.request({ mode: 'subscribe', topic: TOPIC, callback: CALLBACK, secret: 'first' });
      await test.callbacks.asked(1);
      await test.hub.request({ mode: 'subscribe', topic: TOPIC, callback: CALLBACK, leaseSeconds: 77 });
      release();
      await test.settled();
      expect(test.callbacks.questions[1]?.parameters['hub.lease_seconds']).to.equal('77');
      expect(test.only()).to.include({ signed: false, expires: test.clock.now() + 77_000 });
    });
  });

  describe('in great numbers', () => {
    beforeEach(async () => {
      test = await TestHub.open({
        subscriptions: 6,
        subscriptionsOfHost: 3,
        pending: 5,
        pendingOfHost: 2,
        ended: 2,
      });
    });

    const at = (host: string, n: number): string => `https://${host}.example/${n}`;

    it('takes so many of one host, and so many in all', async () => {
      for (let n = 0; n < 3; n += 1) await test.subscribe(at('a', n));
      expect(await codeOf(ask(at('a', 3)))).to.equal('WEBSUB_HOST_QUOTA');
      await test.subscribe(at('a', 2));
      for (let n = 0; n < 3; n += 1) await test.subscribe(at('b', n));
      expect(await codeOf(ask(at('c', 0)))).to.equal('WEBSUB_FULL');
      await test.unsubscribe(at('a', 0));
      await test.subscribe(at('c', 0));
      expect(test.hub.counts()).to.include({ active: 6, unconfirmed: 0 });
    });

    it('takes so many requests that wait', async () => {
      for (const host of ['a', 'b', 'c']) test.callbacks.asks.set(`${host}.example`, hanging);
      for (let n = 0; n < 2; n += 1) await ask(at('a', n));
      expect(await codeOf(ask(at('a', 2)))).to.equal('WEBSUB_HOST_QUOTA');
      await ask(at('a', 1));
      for (let n = 0; n < 2; n += 1) await ask(at('b', n));
      await ask(at('c', 0));
      expect(await codeOf(ask(at('d', 0)))).to.equal('WEBSUB_FULL');
      expect(test.hub.counts().unconfirmed).to.equal(5);
    });

    it('tells those who come too late that they are denied', async () => {
      for (let n = 0; n < 5; n += 1) await test.subscribe(at(`h${n}`, 0));
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const slowly = async (address: string): Promise<Response> => {
        await released;
        return new Response(new URL(address).searchParams.get('hub.challenge') ?? 'no');
      };
      test.callbacks.asks.set('x.example', slowly);
      await ask(at('x', 0));
      await ask(at('x', 1));
      release();
      await test.settled();
      expect(test.hub.counts().active).to.equal(6);
      const { parameters } = test.callbacks.questions.at(-1) ?? {};
      expect(parameters).to.include({ 'hub.mode': 'denied', 'hub.topic': TOPIC });
      expect(parameters?.['hub.reason']).to.match(/6 subscriptions already/);
    });

    it('shows the latest of those that have ended', async () => {
      for (let n = 0; n < 4; n += 1) {
        await test.subscribe(at(`h${n}`, 0), { leaseSeconds: 60 });
        test.clock.advance(61_000);
        await until('it has ended', () => test.hub.counts().active === 0);
      }
      const shown = test.hub.subscriptions().map(({ callback }) => callback);
      expect(shown).to.have.members([at('h2', 0), at('h3', 0)]);
      await test.reopen();
      expect(test.hub.counts()).to.include({ expired: 2, active: 0 });
    });
  });
});
