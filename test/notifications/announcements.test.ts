import { expect } from 'chai';
import type { Notifications, Receipt, Service } from '../../node/notifications/index.ts';
import type { Announcement } from '../../vocab/announcement.ts';
import { aPut } from '../support/builders.ts';
import { bytesOf } from '../support/notifications.ts';
import { aPayload } from '../support/notify-payloads.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { someNotifications } from '../support/test-notifications.ts';
import { TestWeb } from '../support/test-web.ts';

const reviews: Service = { name: 'Reviews', id: 'https://review.example/system', trust: 'ask' };
const hosts = { 'review.example': ['192.0.2.7'] };

describe('what is announced of a record', () => {
  const clock = new TestClock(Date.UTC(2026, 0, 1));
  let test: TestCatalogue;
  let notifications: Notifications;
  let web: TestWeb;
  let key: string;
  let changes: string[];

  const open = (trust: Service['trust'] = 'ask'): void => {
    const { catalogue, store } = test;
    const services = [{ ...reviews, trust }];
    notifications = someNotifications({ catalogue, store, clock, hosts, services, fetch: web.fetch });
    notifications.announcements.onChange((record) => changes.push(record));
  };
  const receive = (payload: object): Promise<Receipt> =>
    notifications.inbox.receive(bytesOf(payload), 'application/ld+json', '192.0.2.7');
  const announce = async (parts: object = {}): Promise<string> => {
    const context = { id: `https://node.example/records/${key}` };
    return (await receive(aPayload('announce-review', { context, ...parts }))).notification.id;
  };
  const shown = async (record = key): Promise<readonly Announcement[]> =>
    (await notifications.announcements.of(record))?.announcements ?? [];
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await promise.catch((error: unknown) => error);
    return error instanceof Error ? (error as { code?: unknown }).code : 'done';
  };

  beforeEach(async () => {
    test = await aCatalogue({ clock });
    web = new TestWeb();
    changes = [];
    [{ key } = { key: '' }] = await test.catalogue.put([aPut(1)]);
    open();
  });
  afterEach(async () => {
    await notifications.stop();
    await test.close();
  });

  it('is shown when the manager accepts it, and told to those who listen', async () => {
    const id = await announce();
    expect(await shown()).to.deep.equal([]);
    clock.advance(60_000);
    const after = await notifications.accept(id, {});
    expect(after).to.include({ state: 'accepted', why: 'by-manager' });
    expect(await shown()).to.deep.equal([
      {
        id: `https://node.example/inbox/${id}`,
        kind: 'review',
        resource: {
          id: 'https://review.example/review/21',
          types: ['https://www.w3.org/ns/activitystreams#Page', 'http://schema.org/Review'],
          citeAs: 'https://doi.org/10.5555/987654',
        },
        by: { id: 'https://review.example', name: 'Reviews' },
        at: Date.UTC(2026, 0, 1, 0, 1),
      },
    ]);
    expect((await notifications.announcements.of(key))?.changedAt).to.equal(Date.UTC(2026, 0, 1, 0, 1));
    expect(changes).to.deep.equal([key]);
  });

  it('is shown at once where its service is trusted', async () => {
    open('accept');
    await announce();
    expect(await shown()).to.have.length(1);
    expect(changes).to.deep.equal([key]);
  });

  it('is still there after a restart', async () => {
    await notifications.accept(await announce(), {});
    await notifications.stop();
    test = await test.reopen();
    open();
    expect(await shown()).to.have.length(1);
  });

  for (const [pattern, kind] of [
    ['announce-endorsement', 'endorsement'],
    ['announce-resource', 'result'],
    ['announce-ingest', 'result'],
  ] as const) {
    it(`is of the kind ${kind} by ${pattern}`, async () => {
      const context = { id: `https://node.example/records/${key}` };
      const { notification } = await receive(aPayload(pattern, { context }));
      await notifications.accept(notification.id, {});
      expect((await shown()).map((one) => one.kind)).to.deep.equal([kind]);
    });
  }

  it('is what a relationship says', async () => {
    const triple = {
      subject: 'https://data.example/7',
      relationship: 'http://purl.org/vocab/frbr/core#supplement',
      object: `https://node.example/records/${key}`,
    };
    const object = {
      id: 'urn:r',
      type: 'Relationship',
      'as:subject': triple.subject,
      'as:relationship': triple.relationship,
      'as:object': triple.object,
    };
    const { notification } = await receive(
      aPayload('announce-relationship', { object, context: { id: triple.object } }),
    );
    await notifications.accept(notification.id, {});
    expect(await shown()).to.have.deep.nested.property('[0].triple', triple);
  });

  it('is a relation to what it reviews, where the record is the review itself', async () => {
    const object = { id: `https://node.example/records/${key}`, type: ['Page', 'sorg:Review'] };
    await notifications.accept(await announce({ object, context: { id: 'https://else.example/1' } }), {});
    expect(await shown()).to.have.deep.nested.property('[0].triple', {
      subject: `https://node.example/records/${key}`,
      relationship: 'https://schema.org/itemReviewed',
      object: 'https://else.example/1',
    });
  });

  it('is shown with the record that the manager names, where it names none that is held', async () => {
    const id = await announce({ context: { id: 'https://else.example/1' } });
    expect(await codeOf(notifications.accept(id, {}))).to.equal('NOTIFICATION_NO_RECORD');
    expect(await codeOf(notifications.accept(id, { record: 'aaaaaaaaaaaaaaaaaaaa' }))).to.equal(
      'NOTIFICATION_NO_RECORD',
    );
    await notifications.accept(id, { record: key });
    expect(await shown()).to.have.length(1);
  });

  it('is looked for again when it is accepted: the record may be there by then', async () => {
    const id = await announce({ context: { id: 'https://doi.org/10.5555/late' } });
    const [late] = await test.catalogue.put([
      aPut(2, { identifiers: [{ scheme: 'doi', value: '10.5555/late' }] }),
    ]);
    await notifications.accept(id, {});
    expect(await shown(late?.key)).to.have.length(1);
  });

  it('is not shown with a record that was withdrawn meanwhile', async () => {
    const id = await announce();
    await test.catalogue.put([{ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'x' }]);
    expect(await codeOf(notifications.accept(id, {}))).to.equal('NOTIFICATION_NO_RECORD');
    expect(await shown()).to.deep.equal([]);
  });

  it('goes when the manager turns it down, and its sender is told why', async () => {
    await notifications.start({ sends: true });
    const id = await announce();
    await notifications.accept(id, {});
    const after = await notifications.reject(id, { note: 'Not about our article.' });
    expect(after).to.include({ state: 'rejected', note: 'Not about our article.' });
    expect(await shown()).to.deep.equal([]);
    expect(changes).to.deep.equal([key, key]);
    const [posted] = await web.postedAtLeast(1);
    expect(posted?.url).to.equal('https://review.example/inbox');
    expect(posted?.document).to.deep.include({
      type: ['Flag', 'coar-notify:UnprocessableNotification'],
      object: { id: 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f' },
      inReplyTo: 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f',
      summary: 'Not about our article.',
    });
  });

  it('is not seen in the inbox any more when it is turned down, and comes back when that is changed', async () => {
    const id = await announce();
    await notifications.reject(id, { note: 'No.' });
    expect(await notifications.inbox.get(id)).to.equal('gone');
    expect((await notifications.inbox.list({ limit: 10 }))?.notifications).to.deep.equal([]);
    const after = await notifications.accept(id, {});
    expect(after).to.not.have.property('note');
    expect(await notifications.inbox.get(id)).to.have.property('body');
    expect(await shown()).to.have.length(1);
  });

  it('goes when its sender takes it back', async () => {
    const id = await announce();
    await notifications.accept(id, {});
    const iri = 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f';
    await receive(
      aPayload('undo-offer', { id: 'urn:undo', object: { id: iri, type: 'Announce' }, inReplyTo: iri }),
    );
    expect(await shown()).to.deep.equal([]);
    expect((await notifications.get(id))?.notification).to.include({ state: 'undone', why: 'by-sender' });
  });

  it('is decided once', async () => {
    const id = await announce();
    await notifications.accept(id, {});
    expect(await codeOf(notifications.accept(id, {}))).to.equal('NOTIFICATION_SETTLED');
    await notifications.reject(id, { note: 'No.' });
    expect(await codeOf(notifications.reject(id, { note: 'No.' }))).to.equal('NOTIFICATION_SETTLED');
    expect(await codeOf(notifications.accept('nothing', {}))).to.equal('NOTIFICATION_UNKNOWN');
    const other = await announce({ id: 'urn:other' });
    expect(await codeOf(notifications.accept(other, { tentatively: true }))).to.equal('NOTIFICATION_SETTLED');
  });

  it('may be of another vocabulary, and then is only filed', async () => {
    const { notification } = await receive({ '@id': 'urn:a', 'urn:likes': { '@id': 'urn:b' } });
    expect(await notifications.accept(notification.id, {})).to.include({ state: 'accepted' });
    const { notification: second } = await receive({ '@id': 'urn:a', 'urn:likes': { '@id': 'urn:c' } });
    expect(await notifications.reject(second.id, { note: 'No.' })).to.include({ state: 'rejected' });
    expect(await notifications.list('sent', { limit: 10 })).to.deep.equal([]);
  });
});
