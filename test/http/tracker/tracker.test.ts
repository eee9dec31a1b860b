import { expect } from 'chai';
import { UsageError } from '../../../node/analysis/usage/index.ts';
import { aPut } from '../../support/builders.ts';
import { API_TOKEN } from '../support/a-site.ts';
import { anEvent, aTracker, codeOf, FIREFOX, type TestTracker } from './a-tracker.ts';

describe('/tracker', () => {
  let tracker: TestTracker;
  let key: string;
  let refusal: UsageError | undefined;
  beforeEach(async () => {
    refusal = undefined;
    tracker = await aTracker({
      record: ({ userAgent }) => {
        if (refusal !== undefined) return Promise.reject(refusal);
        return Promise.resolve(userAgent.includes('bot') ? 'robot' : 'counted');
      },
    });
    [key = ''] = await tracker.site.put(aPut(1));
  });
  afterEach(() => tracker.close());

  it('gives what the query of a GET tells to the counting, or the form of a POST', async () => {
    expect((await tracker.ask(anEvent())).status).to.equal(200);
    expect((await tracker.post(anEvent({ req_id: 'urn:ip:192.0.2.2' }))).status).to.equal(200);
    await tracker.ask(anEvent({ rft_dat: 'Investigation', url_tim: '2026-01-01T00:00:01Z' }));
    const event = {
      key,
      kind: 'request',
      address: '192.0.2.1',
      userAgent: FIREFOX,
      time: Date.UTC(2026, 0, 1),
    };
    expect(tracker.events).to.deep.equal([
      event,
      { ...event, address: '192.0.2.2' },
      { ...event, kind: 'investigation', time: event.time + 1_000 },
    ]);
  });

  it('takes a HEAD for an event as well: EPrints sends so', async () => {
    expect((await tracker.ask(anEvent(), { method: 'HEAD' })).status).to.equal(200);
    expect(tracker.events).to.have.length(1);
    expect((await tracker.ask(anEvent({ url_ver: '1' }), { method: 'HEAD' })).status).to.equal(400);
  });

  it('answers 200 and nothing else where it took an event: DSpace sends all others again', async () => {
    const response = await tracker.ask(anEvent());
    expect(response.status).to.equal(200);
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(await response.json()).to.deep.equal({ taken: 1, robots: 0, internal: 0, refused: [] });
    const robot = await tracker.ask(anEvent({ req_dat: 'Googlebot/2.1' }));
    expect(await robot.json()).to.deep.equal({ taken: 1, robots: 1, internal: 0, refused: [] });
  });

  it('tells that it is there where nothing is asked', async () => {
    for (const method of ['GET', 'HEAD']) {
      expect((await fetch(`${tracker.url}/tracker`, { method })).status).to.equal(200);
    }
    expect(tracker.events).to.have.length(0);
  });

  it('takes several events as lines, and says which it refused', async () => {
    const lines = [
      anEvent(),
      anEvent({ req_id: '300.0.0.1' }),
      '',
      anEvent({ 'rft.artnum': 'oai:x:1', svc_dat: '' }),
      anEvent({ req_dat: 'a bot' }),
    ];
    const response = await tracker.post(lines.join('\n'), 'text/plain; charset=utf-8');
    expect(response.status).to.equal(200);
    const { refused, ...counts } = (await response.json()) as {
      refused: { line: number; code: string; detail: string }[];
    };
    expect(counts).to.deep.equal({ taken: 2, robots: 1, internal: 0 });
    expect(refused.map(({ line, code }) => [line, code])).to.deep.equal([
      [2, 'OPENURL_BAD_ADDRESS'],
      [4, 'USAGE_UNKNOWN_ITEM'],
    ]);
    expect(JSON.stringify(refused)).not.to.contain('300.0');
  });

  const refused: [name: string, changes: Record<string, string>, status: number, code: string][] = [
    ['another version', { url_ver: 'Z39.00' }, 400, 'OPENURL_BAD_VERSION'],
    ['no item', { 'rft.artnum': '', svc_dat: '' }, 400, 'OPENURL_NO_ITEM'],
    ['another kind', { rft_dat: 'Search' }, 400, 'OPENURL_BAD_KIND'],
    ['no time', { url_tim: '' }, 400, 'OPENURL_BAD_TIME'],
    ['an address that is not one', { req_id: '1.2.3' }, 400, 'OPENURL_BAD_ADDRESS'],
    ['an unknown item', { 'rft.artnum': 'oai:x:1', svc_dat: '' }, 404, 'USAGE_UNKNOWN_ITEM'],
  ];
  for (const [name, changes, status, code] of refused) {
    it(`says ${status} to ${name}, counts it by code, and repeats nothing of the reader's`, async () => {
      const response = await tracker.post(anEvent(changes));
      expect(response.status).to.equal(status);
      expect(response.headers.get('content-type')).to.contain('application/problem+json');
      const text = await response.text();
      expect((JSON.parse(text) as { code: string }).code).to.equal(code);
      expect(text).not.to.contain('192.0.2.1').and.not.contain('Mozilla').and.not.contain('1.2.3');
      const metrics = await (await fetch(`${tracker.url}/metrics`)).text();
      expect(metrics).to.contain(`ngr_tracker_refused_total{code="${code}"} 1`);
      expect(tracker.events).to.have.length(0);
    });
  }

  it('tells the manager how often it refused, by code', async () => {
    for (let i = 0; i < 3; i++) await tracker.ask(anEvent({ req_id: '1.2.3' }));
    await tracker.ask(anEvent({ url_ver: '1' }));
    const answer = await fetch(`${tracker.url}/api/usage`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    const { refused } = (await answer.json()) as { refused: object[] };
    expect(refused).to.deep.equal([
      { code: 'OPENURL_BAD_ADDRESS', count: 3 },
      { code: 'OPENURL_BAD_VERSION', count: 1 },
    ]);
  });

  it('says 422 to what the counting refuses of what it could read', async () => {
    for (const code of ['USAGE_BAD_TIME', 'USAGE_DAY_CLOSED']) {
      refusal = new UsageError(code, 'It is refused.', { remedy: 'Something.' });
      const response = await tracker.ask(anEvent());
      expect(response.status).to.equal(422);
      expect(await codeOf(response)).to.equal(code);
    }
  });

  it('says 500 where it could not be written, so that it is sent again', async () => {
    refusal = new Error('the disk is full') as UsageError;
    expect((await tracker.ask(anEvent())).status).to.equal(500);
    expect((await tracker.post(`${anEvent()}\n${anEvent()}`, 'text/plain')).status).to.equal(500);
  });

  it('refuses a body of another type or too large', async () => {
    expect((await tracker.post('{}', 'application/json')).status).to.equal(415);
    expect((await tracker.post(`a=${'x'.repeat(20_000)}`)).status).to.equal(413);
    expect((await tracker.post('x'.repeat(1_100_000), 'text/plain')).status).to.equal(413);
    expect((await tracker.post(`${anEvent()}\n`.repeat(2_001), 'text/plain')).status).to.equal(400);
  });
});
