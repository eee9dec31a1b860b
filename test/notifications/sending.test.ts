import { expect } from 'chai';
import type { Notifications, Receipt, Service, StoredNotification } from '../../node/notifications/index.ts';
import { OutboundError } from '../../node/outbound/index.ts';
import { readCoarNotify } from '../../protocols/coar-notify/index.ts';
import { readNotification } from '../../protocols/ldn/index.ts';
import { aPut } from '../support/builders.ts';
import { bytesOf } from '../support/notifications.ts';
import { aPayload, OFFER_ID } from '../support/notify-payloads.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { someNotifications } from '../support/test-notifications.ts';
import { answering, TestWeb } from '../support/test-web.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const reviews: Service = {
  name: 'Reviews',
  id: 'https://review.example/system',
  inbox: 'https://review.example/inbox',
  trust: 'ask',
};
/** It takes the request, and never answers. */
const hanging = (_: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
/** It tells where its inbox is, and takes what comes there. */
const takingIn = (_: string, { method }: RequestInit): Response =>
  method === 'HEAD'
    ? new Response(undefined, { headers: { link: '</in>; rel="http://www.w3.org/ns/ldp#inbox"' } })
    : new Response(undefined, { status: 201 });
const unknownInbox: Service = { name: 'Journal', id: 'https://journal.example/system', trust: 'ask' };

describe('a notification that goes', () => {
  let clock: TestClock;
  let test: TestCatalogue;
  let notifications: Notifications;
  let web: TestWeb;
  let key: string;

  const open = async (sends = true): Promise<void> => {
    const { catalogue, store } = test;
    const services = [reviews, unknownInbox];
    notifications = someNotifications({ catalogue, store, clock, services, fetch: web.fetch });
    await notifications.start({ sends });
  };
  const reopen = async (): Promise<void> => {
    await notifications.stop();
    test = await test.reopen();
    await open();
  };
  const rowOf = async ({ id }: { id: string }): Promise<StoredNotification> => {
    const whole = await notifications.get(id);
    if (whole === undefined) throw new Error(`${id} is not there`);
    return whole.notification;
  };
  const becomes = (row: { id: string }, state: StoredNotification['state']): Promise<void> =>
    until(`the notification is ${state}`, async () => (await rowOf(row)).state === state);
  const attempted = (row: { id: string }, attempts: number): Promise<void> =>
    until(`there were ${attempts} attempts`, async () => (await rowOf(row)).delivery?.attempts === attempts);
  const receive = (payload: object): Promise<Receipt> =>
    notifications.inbox.receive(bytesOf(payload), 'application/ld+json');
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await promise.catch((error: unknown) => error);
    return error instanceof Error ? (error as { code?: unknown }).code : 'done';
  };
  const offer = (): Promise<StoredNotification> => notifications.request('request-review', 'Reviews', key);

  beforeEach(async () => {
    clock = new TestClock();
    test = await aCatalogue({ clock });
    web = new TestWeb();
    const change = aPut(1, {
      identifiers: [{ scheme: 'doi', value: '10.5555/1' }],
      files: [{ url: 'https://repository.example/1.pdf', access: 'open', format: 'application/pdf' }],
    });
    [{ key } = { key: '' }] = await test.catalogue.put([change]);
    await open();
  });
  afterEach(async () => {
    await notifications.stop();
    await test.close();
  });

  it('asks for a review, as the specification has it', async () => {
    const row = await offer();
    await becomes(row, 'delivered');
    const [posted] = web.posted;
    expect(posted?.url).to.equal('https://review.example/inbox');
    expect(posted?.document).to.deep.equal({
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
      id: row.iri,
      type: ['Offer', 'coar-notify:ReviewAction'],
      actor: {
        id: 'https://node.example/#institution',
        type: 'Organization',
        name: 'University of Wyreford',
      },
      origin: { id: 'https://node.example', type: 'Service', inbox: 'https://node.example/inbox' },
      target: { id: reviews.id, type: 'Service', inbox: reviews.inbox },
      object: {
        id: `https://node.example/records/${key}`,
        type: ['Page', 'sorg:AboutPage'],
        'ietf:cite-as': 'https://doi.org/10.5555/1',
        'ietf:item': {
          id: 'https://repository.example/1.pdf',
          type: ['Article', 'sorg:CreativeWork'],
          mediaType: 'application/pdf',
        },
      },
    });
    const { delivery } = await rowOf(row);
    expect(delivery).to.deep.include({ attempts: 1, location: 'https://review.example/inbox/1' });
  });

  it('is one that the receiver would take: every kind that this node sends', async () => {
    const { notification } = await receive(aPayload('request-endorsement', { id: OFFER_ID }));
    await notifications.accept(notification.id, { tentatively: true, note: 'Likely.' });
    await notifications.accept(notification.id, {});
    const asked = await notifications.request('request-endorsement', reviews.id, key);
    await becomes(asked, 'delivered');
    await notifications.undo(asked.id, 'Published elsewhere.');
    const relation = {
      relationship: 'http://purl.org/vocab/frbr/core#supplement',
      object: 'https://data.example/7',
    };
    await notifications.announceRelationship(key, { ...relation, service: 'Reviews' });
    const announcement = await receive(aPayload('announce-review'));
    await notifications.reject(announcement.notification.id, { note: 'Not ours.' });
    await web.postedAtLeast(6);
    const read = await Promise.all(
      web.posted.map(async ({ document }) =>
        readCoarNotify(await readNotification(bytesOf(document), 'application/ld+json')),
      ),
    );
    expect(read.map((one) => one?.pattern)).to.have.members([
      'tentative-accept',
      'accept',
      'request-endorsement',
      'undo-offer',
      'announce-relationship',
      'unprocessable',
    ]);
    const undo = web.posted.find(({ document }) => document.type === 'Undo')?.document;
    const sent = web.posted.find(({ document }) => document.id === asked.iri)?.document;
    const context = { '@context': sent?.['@context'] };
    expect({ ...context, ...Object(undo?.['object']) }, 'the whole payload of the Offer').to.deep.equal(sent);
  });

  it('answers with the payload that it answers, as it came', async () => {
    const payload = aPayload('request-review', { id: OFFER_ID });
    const { notification } = await receive(payload);
    await notifications.reject(notification.id, { note: 'Not our field.' });
    const [posted] = await web.postedAtLeast(1);
    const { '@context': _, ...offered } = payload;
    expect(posted?.document).to.deep.include({
      type: 'Reject',
      inReplyTo: OFFER_ID,
      summary: 'Not our field.',
      object: offered,
    });
  });

  it('finds the inbox where it is not configured, and says so in the notification', async () => {
    web.answers.set('journal.example', (_, { method }) =>
      method === 'HEAD'
        ? new Response(undefined, { headers: { link: '</in>; rel="http://www.w3.org/ns/ldp#inbox"' } })
        : new Response(undefined, { status: 202 }),
    );
    const row = await notifications.request('request-endorsement', 'Journal', key);
    await becomes(row, 'delivered');
    expect(web.posted[0]).to.have.property('url', 'https://journal.example/in');
    expect(web.posted[0]?.document).to.have.nested.property('target.inbox', 'https://journal.example/in');
  });

  it('finds the inbox of another repository by the item’s page', async () => {
    web.answers.set('data.example', (address, { method }) => {
      if (method === 'POST') return new Response(undefined, { status: 201 });
      expect(address).to.equal('https://data.example/items/7');
      return new Response('<link rel="http://www.w3.org/ns/ldp#inbox" href="/ldn">', {
        headers: { 'content-type': 'text/html' },
      });
    });
    const object = 'https://data.example/items/7';
    const row = await notifications.announceRelationship(key, { relationship: 'urn:cites', object });
    await becomes(row, 'delivered');
    expect(web.posted[0]).to.have.property('url', 'https://data.example/ldn');
  });

  it('waits for the page that tells of the inbox where that is away, and is given up where it is gone', async () => {
    web.answers.set('data.example', answering(503));
    const object = 'https://data.example/items/7';
    const row = await notifications.announceRelationship(key, { relationship: 'urn:cites', object });
    await attempted(row, 1);
    const { state, delivery } = await rowOf(row);
    expect(state).to.equal('pending');
    expect(delivery).to.have.nested.property('error.code', 'LDN_NO_INBOX');
    web.answers.set('data.example', answering(404));
    clock.advance((delivery?.next ?? 0) - clock.now());
    await becomes(row, 'failed');
  });

  it('is tried again with longer and longer pauses, until it arrives', async () => {
    web.answers.set('review.example', answering(503));
    const row = await offer();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 13; attempt++) {
      await attempted(row, attempt);
      const { next = 0 } = (await rowOf(row)).delivery ?? {};
      pauses.push((next - clock.now()) / 1_000);
      expect(await rowOf(row)).to.include({ state: 'pending', why: 'tried-again' });
      if (attempt === 13) web.answers.delete('review.example');
      clock.advance(next - clock.now());
    }
    expect(pauses).to.deep.equal([
      30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, 21_600, 21_600, 21_600,
    ]);
    await becomes(row, 'delivered');
    expect(new Set(web.posted.map(({ document }) => document.id)).size, 'one id').to.equal(1);
  });

  it('is tried again where the receiver says that it is too early (RFC 8470)', async () => {
    web.answers.set('review.example', answering(425));
    const row = await offer();
    await attempted(row, 1);
    expect(await rowOf(row)).to.include({ state: 'pending', why: 'tried-again' });
  });

  it('waits as long as it is asked to', async () => {
    web.answers.set('review.example', answering(429, { headers: { 'retry-after': '7200' } }));
    const row = await offer();
    await attempted(row, 1);
    expect((await rowOf(row)).delivery?.next).to.equal(clock.now() + 2 * HOUR);
  });

  it('is given up after days, and goes again when the manager says so', async () => {
    web.answers.set('review.example', () => {
      throw new OutboundError('OUTBOUND_REFUSED', 'https://review.example refuses the connection.');
    });
    const row = await offer();
    expect(await codeOf(notifications.resend(row.id))).to.equal('NOTIFICATION_NOT_FAILED');
    await until('it is given up', async () => {
      clock.advance(6 * HOUR);
      return (await rowOf(row)).state === 'failed';
    });
    const { why, delivery } = await rowOf(row);
    expect(why).to.equal('given-up');
    expect(delivery?.error).to.deep.equal({
      code: 'OUTBOUND_REFUSED',
      message: 'https://review.example refuses the connection.',
    });
    expect(await notifications.list('failed', { limit: 10 })).to.have.length(1);
    web.answers.delete('review.example');
    await notifications.resend(row.id);
    await becomes(row, 'delivered');
    expect(await notifications.list('failed', { limit: 10 })).to.deep.equal([]);
  });

  for (const [name, answer, why, code] of [
    [
      'the inbox refuses it',
      answering(422, { body: '{"title":"Invalid","detail":"object is missing"}' }),
      'refused',
      'HTTP_422',
    ],
    ['the inbox has moved', answering(308, { headers: { location: '/elsewhere' } }), 'refused', 'HTTP_308'],
    [
      'the inbox lies in a private network',
      () => Promise.reject(new OutboundError('OUTBOUND_PRIVATE_ADDRESS', 'not in the public Internet')),
      'not-sendable',
      'OUTBOUND_PRIVATE_ADDRESS',
    ],
  ] as const) {
    it(`is not tried again where ${name}`, async () => {
      web.answers.set('review.example', answer);
      const row = await offer();
      await becomes(row, 'failed');
      const after = await rowOf(row);
      expect(after).to.include({ why });
      expect(after.delivery).to.have.nested.property('error.code', code);
      expect(after.delivery).to.not.have.property('next');
    });
  }

  it('tells the manager what the receiver says', async () => {
    web.answers.set('review.example', answering(403, { body: '{"title":"No","detail":"Not known here"}' }));
    const row = await offer();
    await becomes(row, 'failed');
    expect((await rowOf(row)).delivery?.error?.message).to.equal(
      'The inbox answered with HTTP status 403. No: Not known here',
    );
  });

  it('does not hold up what goes to others', async () => {
    web.answers.set('review.example', hanging);
    web.answers.set('journal.example', takingIn);
    await offer();
    await becomes(await notifications.request('request-review', 'Journal', key), 'delivered');
  });

  it('does not hold up what goes to others, however many wait for one', async () => {
    web.answers.set('review.example', hanging);
    await notifications.stop();
    await open(false);
    for (let n = 0; n < 401; n += 1) await offer();
    web.answers.set('journal.example', takingIn);
    const row = await notifications.request('request-review', 'Journal', key);
    await reopen();
    await becomes(row, 'delivered');
  });

  it('goes after a restart, where the node ended before it went', async () => {
    await notifications.stop();
    await open(false);
    const row = await offer();
    expect(web.posted).to.deep.equal([]);
    await reopen();
    await becomes(row, 'delivered');
  });

  it('goes again under the same id where the node ended before it was told', async () => {
    let answer = (_: Response): void => undefined;
    web.answers.set(
      'review.example',
      (_, { signal }) =>
        new Promise((resolve, reject) => {
          answer = resolve;
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const row = await offer();
    await web.postedAtLeast(1);
    await reopen();
    await web.postedAtLeast(2);
    answer(new Response(undefined, { status: 201 }));
    await becomes(row, 'delivered');
    expect(web.posted.map(({ document }) => document.id)).to.deep.equal([row.iri, row.iri]);
  });

  it('is called back where it has not gone yet', async () => {
    await notifications.stop();
    await open(false);
    const row = await offer();
    const after = await notifications.undo(row.id);
    expect(after).to.include({ id: row.id, state: 'failed', why: 'called-back' });
    await reopen();
    expect(web.posted).to.deep.equal([]);
    // What was called back may be wanted after all.
    await notifications.resend(row.id);
    await becomes(row, 'delivered');
  });

  it('is told to have arrived where it was called back too late', async () => {
    let answer = (_: Response): void => undefined;
    web.answers.set('review.example', () => new Promise((resolve) => (answer = resolve)));
    const row = await offer();
    await web.postedAtLeast(1);
    expect(await notifications.undo(row.id)).to.include({ why: 'called-back' });
    answer(new Response(undefined, { status: 201 }));
    await becomes(row, 'delivered');
    web.answers.delete('review.example');
    await becomes(await notifications.undo(row.id), 'delivered');
  });

  it('is taken back there too where an attempt may have arrived', async () => {
    web.answers.set('review.example', answering(504));
    const row = await offer();
    await attempted(row, 1);
    web.answers.delete('review.example');
    const undo = await notifications.undo(row.id);
    await becomes(undo, 'delivered');
    expect(web.posted.map(({ document }) => document.type)).to.deep.equal([
      ['Offer', 'coar-notify:ReviewAction'],
      'Undo',
    ]);
    expect(await codeOf(notifications.undo(row.id))).to.equal('NOTIFY_ILLEGAL_MOVE');
  });

  it('is refused where the record has no file to be read, or is no record of this node’s own', async () => {
    const [bare] = await test.catalogue.put([aPut(2)]);
    const ask = (service: string, record: string): Promise<unknown> =>
      codeOf(notifications.request('request-review', service, record));
    expect(await ask('Reviews', bare?.key ?? '')).to.equal('NOTIFICATION_NO_FILE');
    expect(await ask('Reviews', 'aaaaaaaaaaaaaaaaaaaa')).to.equal('NOTIFICATION_NO_RECORD');
    expect(await ask('Nobody', key)).to.equal('SERVICE_UNKNOWN');
    expect(await notifications.list('sent', { limit: 1 })).to.deep.equal([]);
  });

  it('can be taken back only where it offers or announces something', async () => {
    const { notification } = await receive(aPayload('request-review', { id: OFFER_ID }));
    await notifications.accept(notification.id, {});
    const [answer] = await notifications.list('sent', { limit: 1 });
    expect(await codeOf(notifications.undo(answer?.id ?? ''))).to.equal('NOTIFICATION_SETTLED');
    expect(await codeOf(notifications.undo('nothing'))).to.equal('NOTIFICATION_UNKNOWN');
  });
});
