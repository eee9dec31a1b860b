import { expect } from 'chai';
import type { Notifications, Subscription } from '../../node/notifications/index.ts';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { SubscriptionBook } from '../../node/notifications/subscriptions/book.ts';
import { OutboundError } from '../../node/outbound/index.ts';
import { readCoarNotify } from '../../protocols/coar-notify/index.ts';
import { readNotification } from '../../protocols/ldn/index.ts';
import { aPeer } from '../http/support/a-peer.ts';
import { aPut } from '../support/builders.ts';
import { bytesOf } from '../support/notifications.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { someNotifications } from '../support/test-notifications.ts';
import { answering, TestWeb, type Posted } from '../support/test-web.ts';
import { until } from '../support/until.ts';

const INBOX = 'https://reader.example/inbox';
const DAY = 24 * 3_600_000;

describe('a subscription to changes', () => {
  let clock: TestClock;
  let test: TestCatalogue;
  let notifications: Notifications;
  let web: TestWeb;

  const open = async (sends = true): Promise<void> => {
    const { catalogue, store } = test;
    notifications = someNotifications({ catalogue, store, clock, fetch: web.fetch });
    await notifications.start({ sends });
  };
  const put = async (...changes: OwnChange[]): Promise<string[]> =>
    (await test.catalogue.put(changes)).map(({ key }) => key);
  const told = (posted: readonly Posted[] = web.posted): string[] =>
    posted.map(({ document }) => {
      const { id } = document['object'] as { id: string };
      return `${String(document.type)} ${id.slice(-20)}`;
    });
  const only = (): Subscription => {
    const [subscription] = notifications.subscriptions.list();
    if (subscription === undefined) throw new Error('there is no subscription');
    return subscription;
  };
  /** Everything up to now was told, or left out. */
  const caughtUp = (): Promise<void> =>
    until('all changes are told', () =>
      notifications.subscriptions.list().every(({ cursor }) => cursor === test.catalogue.position),
    );
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await promise.catch((error: unknown) => error);
    return error instanceof Error ? (error as { code?: unknown }).code : 'done';
  };

  beforeEach(async () => {
    clock = new TestClock();
    test = await aCatalogue({ clock });
    web = new TestWeb();
    await open();
  });
  afterEach(async () => {
    await notifications.stop();
    await test.close();
  });

  it('tells of what is new, changed and gone, from then on', async () => {
    await put(aPut(1));
    await notifications.subscriptions.add(INBOX, {});
    const [key] = await put(aPut(2));
    await caughtUp();
    await put(aPut(2, { titles: [{ value: 'Another title' }] }));
    await caughtUp();
    await put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Wrong version.' });
    await caughtUp();
    expect(told()).to.deep.equal([`Create ${key}`, `Update ${key}`, `Delete ${key}`]);
    expect(web.posted[1]?.document).to.deep.include({
      '@context': 'https://www.w3.org/ns/activitystreams',
      actor: { id: 'https://node.example', type: 'Service', name: 'University of Wyreford' },
      object: { id: `https://node.example/records/${key}`, name: 'Another title', type: 'Page' },
      to: INBOX,
    });
    expect(web.posted[2]?.document).to.include({ summary: 'Wrong version.' });
    expect(only()).to.include({ delivered: 3, inbox: INBOX });
  });

  it('sends notifications that any inbox reads, and that no inbox takes for COAR Notify', async () => {
    await notifications.subscriptions.add(INBOX, {});
    await put(aPut(1));
    const [posted] = await web.postedAtLeast(1);
    const read = await readNotification(bytesOf(posted?.document), 'application/ld+json');
    expect(read.id).to.match(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(readCoarNotify(read)).to.equal(undefined);
  });

  const article = 'http://purl.org/coar/resource_type/c_6501';
  const cases: readonly (readonly [string, Subscription['query'], boolean])[] = [
    ['a set', { set: 'theses' }, true],
    ['a set above it', { set: 'open' }, true],
    ['another set', { set: 'the' }, false],
    ['a type by its URI', { type: article }, true],
    ['a type by its name', { type: 'c_6501' }, true],
    ['another type', { type: 'c_ddb1' }, false],
    ['words in any part, without accents and case', { q: 'DECLARACAO knoth' }, true],
    ['words of which one is missing', { q: 'declaração genomics' }, false],
    ['all of them', { set: 'theses', type: 'c_6501', q: 'declaração' }, true],
    ['all of them but one', { set: 'theses', type: 'c_ddb1', q: 'declaração' }, false],
  ];
  for (const [name, query, isTold] of cases) {
    it(`${isTold ? 'tells' : 'does not tell'} by ${name}`, async () => {
      await notifications.subscriptions.add(INBOX, query);
      await put(
        aPut(1, {
          sets: ['theses', 'open:green'],
          type: article,
          titles: [{ value: 'A Declaração de Lisboa' }],
        }),
      );
      await caughtUp();
      expect(web.posted).to.have.length(isTold ? 1 : 0);
    });
  }

  it('tells of followed records too, but by the sets of the own ones only', async () => {
    await notifications.subscriptions.add(INBOX, {});
    await notifications.subscriptions.add('https://other.example/inbox', { set: 'theses' });
    const peer = await aPeer({ name: 'Nordmark', base: 'https://nordmark.example', clock });
    await peer.publish([aPut(1, { sets: ['theses'] })], test.catalogue);
    await caughtUp();
    expect(web.posted.map(({ url }) => url)).to.deep.equal([INBOX]);
    await peer.close();
  });

  it('tells of many changes at once in one notification, of each once', async () => {
    await notifications.subscriptions.add(INBOX, {});
    const keys = await put(...Array.from({ length: 450 }, (_, n) => aPut(n)));
    await caughtUp();
    expect(web.posted.map(({ document }) => document.type)).to.deep.equal([
      'Announce',
      'Announce',
      'Announce',
    ]);
    const items = web.posted.flatMap(
      ({ document }) => (document['object'] as { orderedItems: { object: { id: string } }[] }).orderedItems,
    );
    expect(items.map(({ object }) => object.id.slice(-20))).to.deep.equal(keys);
    expect(only().delivered).to.equal(3);
  });

  it('tells who was away of the last change of each record only', async () => {
    await notifications.subscriptions.add(INBOX, {});
    web.answers.set('reader.example', answering(503));
    const [key] = await put(aPut(1));
    await until('it fails', () => only().failing !== undefined);
    for (let n = 0; n < 5; n++) await put(aPut(1, { titles: [{ value: `Title ${n}` }] }));
    web.answers.delete('reader.example');
    web.posted.length = 0;
    clock.advance(60_000);
    await caughtUp();
    expect(told()).to.deep.equal([`Update ${key}`]);
    expect(only()).to.not.have.property('failing');
  });

  it('says the same under the same id when it has to say it again', async () => {
    await notifications.subscriptions.add(INBOX, {});
    let answers = 0;
    web.answers.set(
      'reader.example',
      () => new Response(undefined, { status: (answers += 1) === 2 ? 503 : 201 }),
    );
    const [one, two] = await put(aPut(1), aPut(2));
    await until('it fails', () => only().failing !== undefined);
    clock.advance(60_000);
    await caughtUp();
    expect(told()).to.deep.equal([`Create ${one}`, `Create ${two}`, `Create ${two}`]);
    expect(web.posted[1]?.document.id).to.equal(web.posted[2]?.document.id);
  });

  it('goes on after a restart where it was', async () => {
    await notifications.subscriptions.add(INBOX, {});
    await put(aPut(1));
    await caughtUp();
    await notifications.stop();
    const [key] = await put(aPut(2));
    test = await test.reopen();
    await open();
    await caughtUp();
    expect(told().slice(1)).to.deep.equal([`Create ${key}`]);
    expect(only()).to.include({ delivered: 2 });
  });

  it('is dropped when its inbox is gone, and when it has failed for long; the reason is told', async () => {
    await notifications.subscriptions.add(INBOX, {});
    await notifications.subscriptions.add('https://silent.example/inbox', {});
    web.answers.set('reader.example', answering(410));
    web.answers.set('silent.example', () => {
      throw new OutboundError('OUTBOUND_TIMEOUT', 'https://silent.example did not answer in time.');
    });
    await put(aPut(1));
    await until('both are dropped', () => {
      clock.advance(DAY);
      return notifications.subscriptions.list().every(({ dropped }) => dropped !== undefined);
    });
    const reasons = notifications.subscriptions.list().map(({ dropped }) => dropped?.reason);
    expect(reasons).to.deep.equal([
      'The inbox is gone.',
      'The inbox failed for too long. https://silent.example did not answer in time.',
    ]);
    const asked = web.asked.length;
    await put(aPut(2));
    await notifications.stop();
    expect(web.asked.length).to.equal(asked);
  });

  it('is one for the same inbox and query, and can be had again when it was dropped', async () => {
    const first = await notifications.subscriptions.add(INBOX, { q: 'x' });
    expect(first.created).to.equal(true);
    expect((await notifications.subscriptions.add(INBOX, { q: 'x' })).created).to.equal(false);
    expect((await notifications.subscriptions.add(INBOX, {})).created).to.equal(true);
    web.answers.set('reader.example', (_, { method }) =>
      method === 'POST'
        ? new Response(undefined, { status: 410 })
        : new Response(undefined, { status: 204, headers: { 'accept-post': 'application/ld+json' } }),
    );
    await put(aPut(1, { titles: [{ value: 'x' }] }));
    await until('both are dropped', () =>
      notifications.subscriptions.list().every(({ dropped }) => dropped !== undefined),
    );
    expect((await notifications.subscriptions.add(INBOX, { q: 'x' })).created).to.equal(true);
  });

  it('ends when it is taken away, for good', async () => {
    const { subscription } = await notifications.subscriptions.add(INBOX, {});
    await notifications.subscriptions.remove(subscription.id);
    expect(await codeOf(notifications.subscriptions.remove(subscription.id))).to.equal(
      'SUBSCRIPTION_UNKNOWN',
    );
    await notifications.stop();
    await put(aPut(1));
    test = await test.reopen();
    await open();
    expect(notifications.subscriptions.list()).to.deep.equal([]);
    expect(web.posted).to.deep.equal([]);
  });

  it('is not what it was where it ended and began anew while it was told', async () => {
    const { subscription } = await notifications.subscriptions.add(INBOX, {});
    let answer: (response: Response) => void = () => undefined;
    web.answers.set('reader.example', () => new Promise<Response>((resolve) => (answer = resolve)));
    await put(aPut(1));
    await web.postedAtLeast(1);
    web.answers.delete('reader.example');
    await notifications.subscriptions.remove(subscription.id);
    await notifications.subscriptions.add(INBOX, {});
    answer(new Response(undefined, { status: 410 }));
    await put(aPut(2));
    await caughtUp();
    expect(only()).to.include({ delivered: 1 }).and.to.not.have.property('dropped');
  });

  it('is not there where the disk did not take it', async () => {
    await test.store.close();
    expect(await codeOf(notifications.subscriptions.add(INBOX, {}))).to.equal('LEVEL_DATABASE_NOT_OPEN');
    expect(notifications.subscriptions.list()).to.deep.equal([]);
    test = await test.reopen();
  });

  it('is there after a restart where it was the one to be forgotten when it was had again', async () => {
    const section = test.store.section('subscriptions');
    const book = new SubscriptionBook(section);
    const one = (n: number): Subscription => ({
      id: `s${n}`,
      inbox: INBOX,
      query: {},
      since: n,
      cursor: 0,
      delivered: 0,
    });
    for (let n = 0; n <= 100; n += 1) {
      const added = one(n);
      await book.add(added);
      await book.save({ ...added, dropped: { at: n, reason: 'The inbox is gone.' } }, added);
    }
    await book.add(one(0));
    const again = new SubscriptionBook(section);
    await again.open();
    expect(again.list()).to.have.length(101);
    expect(again.find('s0')).to.deep.equal(one(0));
  });

  for (const [name, inbox, answer, code] of [
    ['no inbox', INBOX, answering(200, { body: '<p>Welcome' }), 'LDN_NO_INBOX'],
    ['this node itself', 'https://node.example/inbox/', undefined, 'LDN_NO_INBOX'],
    [
      'a place in a private network',
      'https://10.0.0.1/inbox',
      () => Promise.reject(new OutboundError('OUTBOUND_PRIVATE_ADDRESS', '10.0.0.1 is not public')),
      'OUTBOUND_PRIVATE_ADDRESS',
    ],
  ] as const) {
    it(`is refused of ${name}, and nothing is posted there`, async () => {
      if (answer !== undefined) web.answers.set(new URL(inbox).host, answer);
      expect(await codeOf(notifications.subscriptions.add(inbox, {}))).to.equal(code);
      expect(notifications.subscriptions.list()).to.deep.equal([]);
      await put(aPut(1));
      await notifications.stop();
      expect(web.posted).to.deep.equal([]);
    });
  }

  it('is one of a hundred at the most', async () => {
    for (let n = 0; n < 100; n++) await notifications.subscriptions.add(`https://r${n}.example/inbox`, {});
    expect(await codeOf(notifications.subscriptions.add(INBOX, {}))).to.equal('SUBSCRIPTION_TOO_MANY');
    await notifications.subscriptions.remove(only().id);
    expect(await codeOf(notifications.subscriptions.add(INBOX, {}))).to.equal('done');
  });
});
