import { expect } from 'chai';
import type { Service } from '../../node/notifications/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { aPayload } from '../support/notify-payloads.ts';
import { answering, TestWeb } from '../support/test-web.ts';
import { until } from '../support/until.ts';
import { aVisitor, type Visitor } from './visitor.ts';

const reviews: Service = {
  name: 'Reviews',
  id: 'https://review.example/system',
  inbox: 'https://review.example/inbox',
  trust: 'ask',
};
const HOSTILE = '"><script>alert(1)</script>';

describe('the notifications in the dashboard', () => {
  let site: TestSite;
  let key: string;
  let visitor: Visitor;
  let web: TestWeb;
  beforeEach(async () => {
    web = new TestWeb();
    site = await aSite({ notifications: { services: [reviews], fetch: web.fetch } });
    [key = ''] = await site.put(
      aPut(1, {
        titles: [{ value: 'Reviewed' }],
        files: [{ url: 'https://repository.example/1.pdf', access: 'open', format: 'application/pdf' }],
      }),
    );
    visitor = await aVisitor(site, 'advanced');
  });
  afterEach(() => site.close());

  /** Comes in by the inbox. @returns its id here */
  async function received(
    pattern: Parameters<typeof aPayload>[0],
    parts: Record<string, unknown> = {},
  ): Promise<string> {
    const context = { id: `https://node.example/records/${key}` };
    const response = await fetch(`${site.url}/inbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/ld+json' },
      body: JSON.stringify(aPayload(pattern, { context, id: `urn:uuid:${pattern}`, ...parts })),
    });
    expect(response.status).to.equal(201);
    return response.headers.get('location')?.split('/').at(-1) ?? '';
  }
  const open = (id: string): string => `/dashboard/notifications/${id}`;

  it('waits with who says what of which record, and nothing of it is run', async () => {
    const id = await received('announce-review', {
      summary: HOSTILE,
      actor: { id: 'https://evil.example', name: HOSTILE, type: 'Service' },
      object: { id: 'javascript:alert(1)', type: ['Page', 'sorg:Review'], name: HOSTILE },
    });
    for (const path of ['/dashboard/notifications', open(id)]) {
      const page = await visitor.page(path);
      expect(page).to.include('A review was published').and.include('Reviewed').and.include('Reviews');
      expect(page).to.include('&lt;script&gt;').and.not.include('<script>alert');
      expect(page).to.not.include('href="javascript:');
    }
  });

  it('is accepted, shown with the record, and turned down again with a reason', async () => {
    const id = await received('announce-review');
    const accepted = await visitor.submit(`${open(id)}/accept`, {});
    expect([accepted.status, accepted.headers.get('location')]).to.deep.equal([303, open(id)]);
    expect(await site.page(`/records/${key}`)).to.include('https://review.example/review/21');
    expect(await visitor.page(open(id))).to.include('<strong>accepted</strong>');
    expect((await visitor.submit(`${open(id)}/accept`, {})).status).to.equal(409);
    expect((await visitor.submit(`${open(id)}/reject`, { note: ' ' })).status).to.equal(400);
    expect((await visitor.submit(`${open(id)}/reject`, { note: 'Not about our article' })).status).to.equal(
      303,
    );
    expect(await site.page(`/records/${key}`)).to.not.include('https://review.example/review/21');
    expect(await visitor.page(open(id))).to.include('Not about our article');
    const log = await visitor.page('/dashboard/audit');
    expect(log).to.match(/turned a notification down<\/td><td>announce-review · Reviews · \w{26}</);
    expect(log).to.include('turned a notification down (refused: REASON_MISSING)');
    expect(log).to.include('accepted a notification (refused: NOTIFICATION_SETTLED)');
  });

  it('is given the record that it does not name', async () => {
    const id = await received('announce-review', { context: { id: 'https://elsewhere.example/9' } });
    expect(await visitor.page(open(id))).to.include('name="record"');
    expect((await visitor.submit(`${open(id)}/accept`, {})).status).to.equal(409);
    expect((await visitor.submit(`${open(id)}/accept`, { record: 'nothing' })).status).to.equal(404);
    const record = `https://node.example/records/${key}`;
    expect((await visitor.submit(`${open(id)}/accept`, { record })).status).to.equal(303);
    expect(await site.page(`/records/${key}`)).to.include('https://review.example/review/21');
  });

  it('goes out, shows that it could not be delivered, goes again, and is taken back', async () => {
    web.answers.set('review.example', answering(422, { body: '{"title":"No <b>","detail":"Not so"}' }));
    expect(await visitor.page('/dashboard/notifications')).to.include('Ask for a review');
    const asked = await visitor.submit('/dashboard/notifications', {
      pattern: 'request-review',
      service: 'Reviews',
      record: key,
    });
    expect(asked.status).to.equal(303);
    const at = asked.headers.get('location') ?? '';
    const stateIs = (state: string): Promise<void> =>
      until(`it is ${state}`, async () => (await visitor.page(at)).includes(`<strong>${state}</strong>`));
    await stateIs('not delivered');
    const page = await visitor.page(at);
    expect(page).to.include('Request for a review').and.include('The receiver refused it.');
    expect(page).to.include('Send again').and.not.include('<b>');
    expect(await visitor.page('/dashboard/notifications?list=failed')).to.include('Request for a review');
    web.answers.clear();
    expect((await visitor.submit(`${at}/resend`, {})).status).to.equal(303);
    await stateIs('delivered');
    expect((await visitor.submit(`${at}/resend`, {})).status).to.equal(409);
    expect((await visitor.submit(`${at}/undo`, { note: 'A mistake' })).status).to.equal(303);
    const sent = await visitor.page('/dashboard/notifications?list=sent');
    expect(sent).to.include('A request or announcement was taken back');
    const elsewhere = { pattern: 'request-review', service: 'Nobody', record: key };
    expect((await visitor.submit('/dashboard/notifications', elsewhere)).status).to.equal(404);
  });

  it('is listed in pages, and by state', async () => {
    for (let i = 0; i < 27; i += 1) await received('announce-review', { id: `urn:uuid:${i}` });
    const first = await visitor.page('/dashboard/notifications');
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await visitor.page(next)).match(/A review was published/g)).to.have.length(2);
    expect(await visitor.page('/dashboard/notifications?list=accepted')).to.include('There is nothing here.');
    expect((await visitor.get('/dashboard/notifications?list=public')).status).to.equal(400);
  });

  it('is decided by nobody without the right', async () => {
    const id = await received('announce-review');
    const standard = await aVisitor(site, 'standard');
    expect(await standard.page(open(id))).to.not.include(`action="${open(id)}`);
    expect((await standard.submit(`${open(id)}/accept`, {})).status).to.equal(403);
    expect(await visitor.page(open(id))).to.include('<strong>waits for you</strong>');
  });
});
