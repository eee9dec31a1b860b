import { expect } from 'chai';
import { defaultInboxLimits, Inbox, InboxError, type InboxLimits } from '../../node/inbox/index.ts';
import { aNotification, bytesOf } from '../support/notifications.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const TYPE = 'application/ld+json';

describe('the inbox', () => {
  const clock = new TestClock();
  let test: TestCatalogue;
  let inbox: Inbox;

  const open = (limits: Partial<InboxLimits> = {}): Inbox =>
    new Inbox({ section: test.store.section('inbox'), clock, limits: { ...defaultInboxLimits, ...limits } });
  const post = (parts?: Record<string, unknown>): Promise<{ id: string; created: boolean }> =>
    inbox.receive(bytesOf(aNotification(parts)), TYPE);
  const idsAfter = async (after?: string): Promise<string[] | undefined> => {
    const page = await inbox.list({ limit: 100, ...(after !== undefined && { after }) });
    return page?.notifications.map(({ id }) => id);
  };
  const codeOf = async (promise: Promise<unknown>): Promise<string> => {
    const error: unknown = await promise.catch((error: unknown) => error);
    if (!(error instanceof InboxError)) throw new Error('no InboxError');
    return error.code;
  };

  beforeEach(async () => {
    test = await aCatalogue({ clock });
    inbox = open();
  });
  afterEach(async () => {
    await inbox.stop();
    await test.close();
  });

  it('keeps a notification byte for byte, with the time of receipt', async () => {
    const body = bytesOf(JSON.stringify(aNotification(), undefined, 3));
    const { id, created } = await inbox.receive(body, TYPE);
    expect(created).to.equal(true);
    const stored = await inbox.get(id);
    expect(Buffer.from(stored?.body ?? []).equals(body)).to.equal(true);
    expect(stored?.receivedAt).to.equal(clock.now());
  });

  it('keeps it once, however often and in whatever layout it comes', async () => {
    const first = await post();
    const again = await inbox.receive(bytesOf(JSON.stringify(aNotification(), undefined, 2)), TYPE);
    expect(again).to.deep.equal({ id: first.id, created: false });
    expect(await idsAfter()).to.deep.equal([first.id]);
  });

  it('keeps it once when it comes several times at once', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(results.filter(({ created }) => created)).to.have.length(1);
    expect(await idsAfter()).to.have.length(1);
  });

  it('keeps notifications without an id by their content', async () => {
    const like = (what: string): Uint8Array => bytesOf({ '@id': 'urn:alice', 'urn:likes': { '@id': what } });
    const one = await inbox.receive(like('urn:a'), TYPE);
    const two = await inbox.receive(like('urn:b'), TYPE);
    expect(two).to.include({ created: true });
    expect(await inbox.receive(like('urn:a'), TYPE)).to.deep.equal({ id: one.id, created: false });
  });

  it('refuses another one under the same id, and keeps the first', async () => {
    const { id } = await post();
    expect(await codeOf(post({ actor: 'https://other.example' }))).to.equal('INBOX_CONFLICT');
    expect(JSON.parse(Buffer.from((await inbox.get(id))?.body ?? []).toString())).to.deep.equal(
      aNotification(),
    );
  });

  it('lists in the order of receipt, a page at a time, from where the reader is', async () => {
    const posted: string[] = [];
    for (const n of [3, 1, 2]) posted.push((await post({ id: `urn:${n}` })).id);
    expect(await idsAfter()).to.deep.equal(posted);
    const page = await inbox.list({ limit: 2 });
    expect(page?.notifications.map(({ id }) => id)).to.deep.equal(posted.slice(0, 2));
    expect(page?.more).to.equal(true);
    expect(await idsAfter(posted[1])).to.deep.equal(posted.slice(2));
    expect(await idsAfter(posted[2])).to.deep.equal([]);
    expect(await idsAfter('unknown')).to.equal(undefined);
  });

  it('has everything again after a restart, and goes on behind it', async () => {
    const { id } = await post();
    await inbox.stop();
    test = await test.reopen();
    inbox = open();
    expect(await idsAfter()).to.deep.equal([id]);
    expect(await post()).to.deep.equal({ id, created: false });
    const next = await post({ id: 'urn:next' });
    expect(await idsAfter(id)).to.deep.equal([next.id]);
  });

  it('takes no more than it may hold, but knows what it has', async () => {
    inbox = open({ notifications: 2 });
    await post({ id: 'urn:1' });
    const { id } = await post({ id: 'urn:2' });
    expect(await codeOf(post({ id: 'urn:3' }))).to.equal('INBOX_FULL');
    expect(await post({ id: 'urn:2' })).to.deep.equal({ id, created: false });
    inbox = open({ notifications: 2 });
    expect(await codeOf(post({ id: 'urn:3' }))).to.equal('INBOX_FULL');
  });

  it('takes no more bytes than it may', async () => {
    inbox = open({ bytes: 1_000 });
    expect(await codeOf(post({ summary: 'x'.repeat(1_000) }))).to.equal('INBOX_TOO_LARGE');
  });

  it('goes on after a refusal', async () => {
    await post();
    await Promise.allSettled([post({ actor: 'urn:x' }), post({ actor: 'urn:y' })]);
    expect(await post({ id: 'urn:other' })).to.include({ created: true });
  });
});
