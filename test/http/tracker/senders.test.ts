import { expect } from 'chai';
import { CLUSTER_HEADER, clusterToken } from '../../../node/http/cluster/tokens.ts';
import { aPut } from '../../support/builders.ts';
import { anEvent, aTracker, codeOf, type TestTracker } from './a-tracker.ts';

const usageSites = [
  { name: 'DSpace', key: 'a-key-of-dspace-0001' },
  { name: 'EPrints', key: 'a-key-of-eprints-0002' },
];

describe('who may send usage events', () => {
  let tracker: TestTracker;
  const open = async (options: Parameters<typeof aTracker>[0]): Promise<void> => {
    tracker = await aTracker(options);
    await tracker.site.put(aPut(1));
  };
  afterEach(() => tracker.close());

  describe('where sites are named', () => {
    beforeEach(() => open({ usageSites }));

    it('is any of them, by its key in the path, as parameter, in the form, or as a token', async () => {
      const bearer = { authorization: 'Bearer a-key-of-dspace-0001' };
      const answers = [
        await tracker.ask(anEvent({ site_key: 'a-key-of-dspace-0001' })),
        await tracker.ask(anEvent({ site_key: 'a-key-of-eprints-0002' }), { method: 'HEAD' }),
        await fetch(`${tracker.url}/tracker/a-key-of-dspace-0001?${anEvent()}`),
        await fetch(`${tracker.url}/tracker/a-key-of-eprints-0002?${anEvent()}`, { method: 'HEAD' }),
        await tracker.ask(anEvent(), { headers: bearer }),
        await tracker.post(anEvent({ site_key: 'a-key-of-eprints-0002' })),
        await tracker.post(anEvent(), undefined, bearer),
        await tracker.post(anEvent(), 'text/plain', bearer),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
      expect(tracker.events).to.have.length(answers.length);
    });

    it('is nobody else, from this machine neither', async () => {
      for (const [query, headers, code] of [
        [anEvent(), {}, 'TRACKER_KEY_MISSING'],
        [anEvent({ site_key: '' }), {}, 'TRACKER_KEY_MISSING'],
        [anEvent({ site_key: 'a-key-of-dspace-000' }), {}, 'TRACKER_KEY_UNKNOWN'],
        [anEvent({ site_key: 'DSpace' }), {}, 'TRACKER_KEY_UNKNOWN'],
        [anEvent(), { authorization: 'Bearer no' }, 'TRACKER_KEY_UNKNOWN'],
        [anEvent(), { authorization: 'Basic a-key-of-dspace-0001' }, 'TRACKER_KEY_MISSING'],
      ] as const) {
        const response = await tracker.ask(query, { headers });
        expect(response.status).to.equal(401);
        expect(response.headers.get('www-authenticate')).to.match(/^Bearer/);
        const text = await response.text();
        expect((JSON.parse(text) as { code: string }).code).to.equal(code);
        expect(text).not.to.contain('a-key-of');
      }
      expect(tracker.events).to.have.length(0);
    });

    it('is nobody with a wrong key in the path', async () => {
      const response = await fetch(`${tracker.url}/tracker/a-key-of-nobody-0003?${anEvent()}`);
      expect(response.status).to.equal(401);
      expect(await response.text()).not.to.contain('a-key-of');
    });

    it('can be read in no log, though the event cannot be written', async () => {
      await tracker.close();
      await open({ usageSites, record: () => Promise.reject(new Error('the disk is full')) });
      const key = 'a-key-of-dspace-0001';
      for (const path of [`/tracker/${key}?${anEvent()}`, `/tracker?site_key=${key}&${anEvent()}`]) {
        expect((await fetch(tracker.url + path)).status).to.equal(500);
      }
      const log = tracker.log.join('');
      expect(log).to.contain('the disk is full').and.to.contain('"path":"/tracker"');
      expect(log).not.to.contain('a-key-of').and.not.to.contain('192.0.2.1').and.not.to.contain('Firefox');
    });

    it('is asked before the lines of a batch are read', async () => {
      const response = await tracker.post('x'.repeat(2_000_000), 'text/plain');
      expect(response.status).to.equal(401);
    });

    it('tries in vain only so often, and keeps nobody out who has a key', async () => {
      const statuses = new Set<number>();
      for (let i = 0; i < 61; i++) {
        const response = await tracker.ask(anEvent({ site_key: `guess-${i}` }));
        statuses.add(response.status);
        if (response.status === 429) expect(response.headers.get('retry-after')).to.equal('1');
      }
      expect([...statuses]).to.deep.equal([401, 429]);
      expect((await tracker.ask(anEvent({ site_key: 'a-key-of-dspace-0001' }))).status).to.equal(200);
    });
  });

  describe('where none is named', () => {
    const local = async (headers: Record<string, string>): Promise<number> =>
      (await tracker.ask(anEvent(), { headers })).status;

    it('is a program on this machine', async () => {
      await open({});
      expect(await local({})).to.equal(200);
    });

    it('is nobody who comes through a proxy that the operator has not told of', async () => {
      await open({});
      for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']) {
        const response = await tracker.ask(anEvent(), { headers: { [header]: '127.0.0.1' } });
        expect(response.status, header).to.equal(403);
        expect(await codeOf(response)).to.equal('TRACKER_NOT_LOCAL');
      }
    });

    it('is nobody whose request another process of the role http hands on, of its own machine neither', async () => {
      for (const trustProxy of [false, true]) {
        await open({ trustProxy, cluster: { secret: 's' } });
        const handedOn = { 'x-forwarded-for': '127.0.0.1', [CLUSTER_HEADER]: clusterToken('s', 'forwarded') };
        expect(await local(handedOn)).to.equal(403);
        if (!trustProxy) await tracker.close();
      }
    });

    it('is, behind the operator’s proxy, who has the address of this machine there', async () => {
      await open({ trustProxy: true });
      expect(await local({ 'x-forwarded-for': '198.51.100.7' })).to.equal(403);
      expect(await local({ 'x-forwarded-for': '127.0.0.1, 198.51.100.7' })).to.equal(403);
      expect(await local({ 'x-forwarded-for': 'localhost' })).to.equal(403);
      expect(await local({ 'x-forwarded-for': '198.51.100.7, ::1' })).to.equal(200);
      expect(await local({})).to.equal(200);
    });
  });
});
