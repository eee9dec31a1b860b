import { expect } from 'chai';
import {
  defaultInboxLimits,
  NotificationError,
  type InboxLimits,
  type Notifications,
  type Receipt,
  type Service,
} from '../../node/notifications/index.ts';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { aPeer, type TestPeer } from '../http/support/a-peer.ts';
import { aPut } from '../support/builders.ts';
import { bytesOf } from '../support/notifications.ts';
import { aPayload, OFFER_ID, REVIEW_SERVICE } from '../support/notify-payloads.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { someNotifications, type TestNotificationsOptions } from '../support/test-notifications.ts';

const TYPE = 'application/ld+json';
const ADDRESS = '192.0.2.7';
const reviews: Service = {
  name: 'Reviews',
  id: 'https://review.example/system/',
  inbox: 'http://review.example/inbox',
  trust: 'ask',
};
const trusted: Service = { ...reviews, trust: 'accept' };
const hosts = { 'review.example': [ADDRESS] };

describe('a notification that comes', () => {
  const clock = new TestClock();
  let test: TestCatalogue;
  let notifications: Notifications;
  let key: string;

  const open = (options: Partial<TestNotificationsOptions> = {}): Notifications => {
    const { catalogue, store } = test;
    notifications = someNotifications({ catalogue, store, clock, hosts, services: [reviews], ...options });
    return notifications;
  };
  const limited = (limits: Partial<InboxLimits>): Notifications =>
    open({ services: [], limits: { ...defaultInboxLimits, ...limits } });
  const receive = (payload: object, from: string | undefined = ADDRESS): Promise<Receipt> =>
    notifications.inbox.receive(bytesOf(payload), TYPE, from);
  /** State and reason, or the code of the refusal. */
  const becomes = async (payload: object, from?: string): Promise<string> => {
    const result = await receive(payload, from).catch((error: unknown) => error);
    if (result instanceof NotificationError) return result.code;
    if (result instanceof Error) throw result;
    const { state, why } = (result as Receipt).notification;
    return `${state}: ${why}`;
  };
  const put = async (...changes: OwnChange[]): Promise<string> =>
    (await test.catalogue.put(changes))[0]?.key ?? '';
  const iriOf = (record: string): string => `https://node.example/records/${record}`;
  const review = (parts: object = {}): Record<string, unknown> =>
    aPayload('announce-review', { context: { id: iriOf(key) }, ...parts });

  beforeEach(async () => {
    test = await aCatalogue({ clock });
    const identifiers = [
      { scheme: 'doi' as const, value: '10.5555/12345680' },
      { scheme: 'url' as const, value: 'http://repository.example/421/' },
      { scheme: 'handle' as const, value: '2134/5678' },
    ];
    key = await put(aPut(1, { identifiers }));
    open();
  });
  afterEach(async () => {
    await test.close();
  });

  describe('from a service', () => {
    it('waits for a person where the service is configured so', async () => {
      expect(await becomes(review())).to.equal('waiting: asks-first');
    });

    it('is accepted by rule where the service is trusted and it is sure that it has sent it', async () => {
      open({ services: [trusted] });
      expect(await becomes(review())).to.equal('accepted: by-rule');
    });

    it('waits where it came from elsewhere, which proves nothing', async () => {
      open({ services: [trusted] });
      expect(await becomes(review(), '198.51.100.1')).to.equal('waiting: unconfirmed-sender');
    });

    it('waits where it is meant for another', async () => {
      open({ services: [trusted] });
      const target = { id: 'https://other.example', inbox: 'https://other.example/inbox', type: 'Service' };
      expect(await becomes(review({ target }))).to.equal('waiting: other-target');
    });

    it('is known by the addresses that the operator has named, and refused from any other', async () => {
      open({ services: [{ ...trusted, addresses: ['203.0.113.0/24', '2001:db8::1'] }] });
      expect(await becomes(review({ id: 'urn:1' }), '203.0.113.9')).to.equal('accepted: by-rule');
      expect(await becomes(review({ id: 'urn:2' }), '::ffff:203.0.113.9')).to.equal('accepted: by-rule');
      expect(await becomes(review({ id: 'urn:3' }), '2001:db8:0::1')).to.equal('accepted: by-rule');
      for (const address of [ADDRESS, '', 'unknown', undefined]) {
        expect(await becomes(review({ id: 'urn:4' }), address ?? '')).to.equal('INBOX_ORIGIN_FORGED');
      }
    });

    it('is refused where the operator wants none of it', async () => {
      open({ services: [{ ...reviews, trust: 'refuse' }] });
      expect(await becomes(review())).to.equal('INBOX_ORIGIN_REFUSED');
    });

    const origins: readonly (readonly [name: string, origin: object])[] = [
      ['the service’s id and another’s inbox', { ...REVIEW_SERVICE, inbox: 'https://evil.example/inbox' }],
      ['another’s id and the service’s inbox', { ...REVIEW_SERVICE, id: 'https://evil.example/' }],
      ['this node’s own id', { ...REVIEW_SERVICE, id: 'http://node.example/' }],
      ['this node’s own inbox', { ...REVIEW_SERVICE, inbox: 'https://node.example/inbox/' }],
    ];
    for (const [name, origin] of origins) {
      it(`is refused where its origin has ${name}`, async () => {
        expect(await becomes(review({ origin }))).to.equal('INBOX_ORIGIN_FORGED');
      });
    }

    it('is looked up once for many', async () => {
      let lookups = 0;
      const { catalogue, store } = test;
      const counted = new Proxy(hosts, {
        get: (target, name) => {
          lookups += 1;
          return Reflect.get(target, name) as unknown;
        },
      });
      notifications = someNotifications({ catalogue, store, clock, services: [trusted], hosts: counted });
      for (let n = 0; n < 20; n++) await receive(review({ id: `urn:${n}` }));
      expect(lookups).to.equal(1);
    });
  });

  describe('from somebody who is not known', () => {
    const origin = { id: 'https://stranger.example', type: 'Service' };

    it('waits for a person', async () => {
      expect(await becomes(review({ origin }))).to.equal('waiting: unknown-origin');
    });

    it('is refused where only known services may post', async () => {
      open({ accept: 'known' });
      expect(await becomes(review({ origin }))).to.equal('INBOX_ORIGIN_UNKNOWN');
      expect(await becomes({ '@id': 'urn:a', 'urn:p': 'x' })).to.equal('INBOX_ORIGIN_UNKNOWN');
      expect(await becomes(review())).to.equal('waiting: asks-first');
    });
  });

  describe('finds the record that it is about', () => {
    const about = async (parts: Record<string, unknown>): Promise<readonly string[]> =>
      (await receive(aPayload('announce-review', parts))).notification.records;

    const names: readonly (readonly [string, string])[] = [
      ['the record’s address with http', 'http://node.example/records/KEY'],
      ['a slash at its end', 'https://node.example/records/KEY/'],
      ['a fragment', 'https://node.example/records/KEY#abstract'],
      ['another node’s address of the record', 'https://elsewhere.example/ngr/records/KEY'],
      ['the landing page at the repository', 'http://repository.example/421/'],
      ['the landing page with https and without slash', 'https://repository.example/421'],
      ['the DOI', 'https://doi.org/10.5555/12345680'],
      ['the DOI as it was once written', 'http://dx.doi.org/10.5555/12345680'],
      ['the handle', 'https://hdl.handle.net/2134/5678'],
    ];
    for (const [name, iri] of names) {
      it(`by ${name}`, async () => {
        const id = iri.replace('KEY', key);
        expect(await about({ context: { id } })).to.deep.equal([key]);
      });
    }

    it('by cite-as or the file, where the id is not known', async () => {
      const context = {
        id: 'https://elsewhere.example/1',
        'ietf:cite-as': 'https://doi.org/10.5555/12345680',
      };
      expect(await about({ context })).to.deep.equal([key]);
    });

    it('in the object, where the context is not of this node', async () => {
      const object = { id: 'https://repository.example/421', type: 'Page' };
      expect(await about({ context: { id: 'https://elsewhere.example/1' }, object })).to.deep.equal([key]);
    });

    for (const end of ['as:subject', 'as:object'] as const) {
      it(`as ${end} of a relationship`, async () => {
        const other = 'https://data.example/7';
        const triple = { 'as:subject': other, 'as:object': other, [end]: 'https://doi.org/10.5555/12345680' };
        const object = { id: 'urn:r', type: 'Relationship', 'as:relationship': 'urn:supplements', ...triple };
        const payload = aPayload('announce-relationship', { object, context: { id: other } });
        expect((await receive(payload)).notification.records).to.deep.equal([key]);
      });
    }

    it('by its OAI identifier, where somebody takes that for its address', async () => {
      const object = {
        id: 'urn:r',
        type: 'Relationship',
        'as:subject': 'https://data.example/7',
        'as:relationship': 'urn:supplements',
        'as:object': 'oai:repository.example:1',
      };
      const payload = aPayload('announce-relationship', {
        object,
        context: { id: 'https://data.example/7' },
      });
      expect((await receive(payload)).notification.records).to.deep.equal([key]);
    });

    it('in a request, by its object', async () => {
      const work = aPayload('request-review')['object'] as object;
      const payload = aPayload('request-review', { object: { ...work, id: iriOf(key) } });
      expect((await receive(payload)).notification).to.deep.include({ records: [key], why: 'request' });
    });
  });

  describe('about a record that is not one of this node', () => {
    let peer: TestPeer;
    let theirs: string;

    beforeEach(async () => {
      peer = await aPeer({ name: 'Nordmark', base: 'https://nordmark.example/node', clock });
      const identifiers = [{ scheme: 'doi' as const, value: '10.5555/theirs' }];
      [theirs = ''] = await peer.publish([aPut(1, { identifiers })], test.catalogue);
    });
    afterEach(async () => {
      await peer.close();
    });

    it('is sent to the inbox of the institution whose record it is', async () => {
      for (const id of [iriOf(theirs), 'https://doi.org/10.5555/theirs']) {
        const error: unknown = await receive(review({ context: { id } })).catch((error: unknown) => error);
        expect(error).to.have.property('code', 'NOTIFY_NOT_OWN_RECORD');
        expect(error).to.have.nested.property('details.inbox', 'https://nordmark.example/node/inbox');
      }
    });

    it('is about this node’s own where both have the same work', async () => {
      const own = await put(aPut(2, { identifiers: [{ scheme: 'doi', value: '10.5555/theirs' }] }));
      const { notification } = await receive(review({ context: { id: 'https://doi.org/10.5555/theirs' } }));
      expect(notification.records).to.deep.equal([own]);
    });

    it('may ask this node to review it', async () => {
      const work = aPayload('request-review')['object'] as object;
      const payload = aPayload('request-review', { object: { ...work, id: iriOf(theirs) } });
      expect(await becomes(payload)).to.equal('waiting: request');
    });

    it('is told that the record was withdrawn, and why', async () => {
      await put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Plagiarism.' });
      const error: unknown = await receive(review()).catch((error: unknown) => error);
      expect(error).to.have.property('code', 'NOTIFY_RECORD_GONE');
      expect(error).to.have.property('message').that.contains('withdrawn: Plagiarism.');
    });

    it('waits where nothing is known of the item', async () => {
      open({ services: [trusted] });
      expect(await becomes(review({ context: { id: 'https://nowhere.example/1' } }))).to.equal(
        'waiting: no-item',
      );
    });
  });

  describe('in a conversation', () => {
    const sender = { services: [trusted] };
    /** Offers the record for review, and gives the Offer's id. */
    const offered = async (): Promise<string> => {
      const files = [{ url: 'https://repository.example/1.pdf', access: 'open' as const }];
      const record = await put(aPut(3, { files }));
      const { iri = '' } = await notifications.request('request-review', 'Reviews', record);
      return iri;
    };
    const answer = (pattern: Parameters<typeof aPayload>[0], offer: string, parts: object = {}): object =>
      aPayload(pattern, { id: `urn:${pattern}`, object: { id: offer }, inReplyTo: offer, ...parts });
    const stateOf = async (offer: string): Promise<string | undefined> => {
      const sent = await notifications.list('sent', { limit: 10 });
      const id = sent.find(({ iri }) => iri === offer)?.id ?? '';
      return (await notifications.get(id))?.conversation?.state;
    };

    it('answers what this node has offered, step by step', async () => {
      const offer = await offered();
      expect(await stateOf(offer)).to.equal('offered');
      for (const [pattern, state] of [
        ['tentative-reject', 'tentatively-rejected'],
        ['tentative-accept', 'tentatively-accepted'],
        ['accept', 'accepted'],
      ] as const) {
        expect(await becomes(answer(pattern, offer))).to.equal('accepted: part-of-conversation');
        expect(await stateOf(offer)).to.equal(state);
      }
      expect(await becomes(review({ id: 'urn:review', inReplyTo: offer }))).to.equal('waiting: asks-first');
      expect(await stateOf(offer)).to.equal('announced');
    });

    it('is refused where it cannot follow, and nothing of it is kept', async () => {
      const offer = await offered();
      await receive(answer('reject', offer));
      const error: unknown = await receive(answer('accept', offer)).catch((error: unknown) => error);
      expect(error).to.have.property('code', 'NOTIFY_ILLEGAL_MOVE');
      expect(error).to.have.deep.property('details', { state: 'rejected', possible: [] });
      expect(await notifications.list('received', { limit: 10 })).to.have.length(1);
      expect(await becomes(review({ inReplyTo: offer }))).to.equal('NOTIFY_ILLEGAL_MOVE');
    });

    it('is refused from anybody else than who was asked', async () => {
      const offer = await offered();
      const origin = { id: 'https://stranger.example', type: 'Service' };
      expect(await becomes(answer('accept', offer, { origin }))).to.equal('INBOX_ORIGIN_FORGED');
      expect(await becomes(answer('undo-offer', offer))).to.equal('NOTIFY_ILLEGAL_MOVE');
      expect(await stateOf(offer)).to.equal('offered');
    });

    it('tells that the receiver could not do anything with what was sent', async () => {
      const offer = await offered();
      const summary = 'The file cannot be read.';
      expect(await becomes(answer('unprocessable', offer, { summary }))).to.equal(
        'accepted: part-of-conversation',
      );
      expect(await stateOf(offer)).to.equal('unprocessable');
      const [sent] = await notifications.list('sent', { limit: 1 });
      expect(sent).to.have.property('complaint', summary);
    });

    it('waits where it answers something that this node has not sent', async () => {
      for (const pattern of ['accept', 'reject', 'undo-offer', 'unprocessable'] as const) {
        expect(await becomes(answer(pattern, OFFER_ID))).to.equal('waiting: unknown-conversation');
      }
    });

    it('takes an Offer back, which then cannot be answered', async () => {
      const { notification } = await receive(aPayload('request-review', { id: OFFER_ID }));
      expect(await becomes(answer('undo-offer', OFFER_ID))).to.equal('accepted: part-of-conversation');
      expect((await notifications.get(notification.id))?.notification.state).to.equal('undone');
      expect(await becomes(answer('undo-offer', OFFER_ID, { id: 'urn:again' }))).to.equal(
        'NOTIFY_ILLEGAL_MOVE',
      );
      const error: unknown = await notifications.accept(notification.id, {}).catch((error: unknown) => error);
      expect(error).to.have.property('code', 'NOTIFY_ILLEGAL_MOVE');
    });

    it('takes back an accepted Offer without touching what is shown of its record', async () => {
      const { notification } = await receive(aPayload('request-review', { id: OFFER_ID }));
      expect(notification.records).to.deep.equal([key]);
      await notifications.accept(notification.id, {});
      expect(await becomes(answer('undo-offer', OFFER_ID))).to.equal('accepted: part-of-conversation');
      expect(await notifications.announcements.of(key)).to.equal(undefined);
    });

    it('does not take back what came without COAR Notify, and so without a sender', async () => {
      const create = {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: 'urn:create',
        type: 'Create',
      };
      const { notification } = await receive({ ...create, object: { id: 'urn:thing', type: 'Page' } });
      expect(await becomes(answer('undo-offer', 'urn:create'))).to.equal('waiting: unconfirmed-sender');
      expect((await notifications.get(notification.id))?.notification.state).to.equal('waiting');
    });

    it('cannot take back another’s Offer', async () => {
      await receive(aPayload('request-review', { id: OFFER_ID }));
      const origin = { id: 'https://stranger.example', type: 'Service' };
      expect(await becomes(answer('undo-offer', OFFER_ID, { origin }))).to.equal('INBOX_ORIGIN_FORGED');
    });

    it('takes nothing back where it names itself, or what was turned down meanwhile', async () => {
      open(sender);
      const { notification: itself } = await receive(
        answer('undo-offer', 'urn:itself', { id: 'urn:itself' }),
      );
      await notifications.accept(itself.id, {});
      expect(await notifications.list('undone', { limit: 9 })).to.deep.equal([]);
      const { notification: shown } = await receive(review());
      const undo = answer('undo-offer', shown.iri ?? '', { id: 'urn:1' });
      const { notification: doubtful } = await receive(undo, '198.51.100.1');
      await notifications.reject(shown.id, { note: 'No.' });
      await notifications.accept(doubtful.id, {});
      expect((await notifications.get(shown.id))?.notification.state).to.equal('rejected');
    });

    it('takes an announcement back, at once where it is sure who says so', async () => {
      open(sender);
      const { notification } = await receive(review());
      const undo = (id: string, from?: string): Promise<string> =>
        becomes(answer('undo-offer', notification.iri ?? '', { id }), from);
      expect(await undo('urn:1', '198.51.100.1')).to.equal('waiting: unconfirmed-sender');
      expect(await undo('urn:2')).to.equal('accepted: part-of-conversation');
      expect((await notifications.announcements.of(key))?.announcements).to.deep.equal([]);
      expect(await undo('urn:3')).to.equal('NOTIFY_ILLEGAL_MOVE');
    });
  });

  describe('again and again', () => {
    it('is kept once, also when two come at the same time', async () => {
      const [one, two] = await Promise.all([receive(review()), receive(review())]);
      // Either may be the first.
      expect([one.created, two.created]).to.have.members([true, false]);
      expect(two.notification.id).to.equal(one.notification.id);
      expect(await notifications.list('received', { limit: 10 })).to.have.length(1);
    });

    it('is refused with something else under the same id', async () => {
      await receive(review());
      expect(await becomes(review({ summary: 'Another.' }))).to.equal('INBOX_CONFLICT');
    });

    it('is refused under the id of something that this node has sent', async () => {
      const files = [{ url: 'https://repository.example/1.pdf', access: 'open' as const }];
      const { iri } = await notifications.request('request-review', 'Reviews', await put(aPut(3, { files })));
      expect(await becomes(review({ id: iri }))).to.equal('INBOX_CONFLICT');
    });

    it('of one origin is taken until enough wait, and other origins do not notice', async () => {
      limited({ waitingOfOrigin: 20 });
      const outcomes = new Map<string, number>();
      for (let n = 0; n < 100; n++) {
        const outcome = await becomes(review({ id: `urn:${n}` }));
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      expect(Object.fromEntries(outcomes)).to.deep.equal({
        'waiting: unknown-origin': 20,
        INBOX_ORIGIN_QUOTA: 80,
      });
      const origin = { id: 'https://other.example', type: 'Service' };
      expect(await becomes(review({ id: 'urn:other', origin }))).to.equal('waiting: unknown-origin');
    });

    it('has room again when a person has decided, also after a restart', async () => {
      limited({ waitingOfOrigin: 1 });
      const { notification } = await receive(review({ id: 'urn:1' }));
      limited({ waitingOfOrigin: 1 });
      expect(await becomes(review({ id: 'urn:2' }))).to.equal('INBOX_ORIGIN_QUOTA');
      await notifications.accept(notification.id, {});
      expect(await becomes(review({ id: 'urn:2' }))).to.equal('waiting: unknown-origin');
    });

    it('has what was turned down or taken back give way where the inbox is full, the oldest first', async () => {
      limited({ all: 3 });
      const reviewed = await receive(review({ id: 'urn:1' }));
      await notifications.reject(reviewed.notification.id, { note: 'No.' });
      await receive(aPayload('request-review', { id: OFFER_ID }));
      await receive(
        aPayload('undo-offer', { id: 'urn:undo', object: { id: OFFER_ID }, inReplyTo: OFFER_ID }),
      );
      limited({ all: 3 });
      expect(await becomes(review({ id: 'urn:2' }))).to.equal('waiting: unknown-origin');
      expect(await notifications.get(reviewed.notification.id)).to.equal(undefined);
      expect(await becomes(review({ id: 'urn:3' }))).to.equal('waiting: unknown-origin');
      expect(await becomes(review({ id: 'urn:4' }))).to.equal('INBOX_FULL');
      const left = (await notifications.list('received', { limit: 10 })).map(({ iri }) => iri);
      expect(left).to.deep.equal(['urn:3', 'urn:2', 'urn:undo']);
    });

    it('cannot crowd out known services by many names', async () => {
      open({ limits: { ...defaultInboxLimits, waitingOfUnknown: 3 } });
      for (let n = 0; n < 3; n++) {
        await receive(review({ id: `urn:${n}`, origin: { id: `https://s${n}.example`, type: 'Service' } }));
      }
      const origin = { id: 'https://s4.example', type: 'Service' };
      expect(await becomes(review({ id: 'urn:4', origin }))).to.equal('INBOX_FULL');
      expect(await becomes(review({ id: 'urn:5' }))).to.equal('waiting: asks-first');
    });
  });
});
