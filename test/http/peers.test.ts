import { expect } from 'chai';
import type { PeerView } from '../../node/federation/index.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';
import type { TestPeer } from './support/a-peer.ts';
import { aPut } from '../support/builders.ts';

interface Peers {
  totalItems: number;
  orderedItems: (Record<string, unknown> & { self: boolean; name: string })[];
}

const NOON = Date.UTC(2026, 0, 1, 12);
const fork: PeerView['fork'] = {
  kind: 'heads',
  seq: 12,
  signed: [
    { time: NOON, digest: 'ab'.repeat(32), live: 12 },
    { time: NOON + 60_000, digest: 'cd'.repeat(32), live: 11 },
  ],
};

describe('/peers', () => {
  let site: TestSite;
  let andina: TestPeer;
  before(async () => {
    site = await aSite();
    await site.put(aPut(1));
    andina = await site.peer('Universidad Andina', 'https://andina.example');
    await site.follow(andina, aPut(1), aPut(2));
    await site.follow(await site.peer('Université du Lac', 'https://lac.example'), aPut(3));
  });
  after(() => site.close());
  beforeEach(() => {
    site.peers.others = [];
    site.peers.refused = [];
  });

  const list = async (query = ''): Promise<Peers> =>
    (await (await site.get(`/peers${query}`)).json()) as Peers;
  const post = (path: string, body: object = {}): Promise<Response> =>
    fetch(site.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** What is said of the peer itself: which of the two comes first depends on their keys. */
  const say = (node: string, view: Partial<PeerView>): void => {
    const at = site.peers.peers().findIndex((peer) => peer.node === node) - 1;
    site.peers.others[at] = view;
  };

  it('tells of each node what is here of it, what went to and fro, and whether its domain names it', async () => {
    say(andina.node, {
      received: 1_234_000,
      sent: 5_600,
      lag: 3,
      complete: false,
      provedAt: NOON,
      country: 'PE',
    });
    const peer = (await list()).orderedItems.find(({ name }) => name === 'Universidad Andina');
    expect(peer).to.deep.include({
      networks: ['open'],
      proof: 'proved',
      provedAt: '2026-01-01T12:00:00.000Z',
      country: 'PE',
      records: 2,
      lag: 3,
      complete: false,
      received: 1_234_000,
      sent: 5_600,
    });
    expect(peer?.['bytes']).to.be.a('number').greaterThan(0);
    expect(peer?.['headTime']).to.match(/^20\d\d-/);
    const page = await site.page('/peers');
    expect(page)
      .to.contain('confirms it, since January 1, 2026')
      .and.contain('1.23 MB here, 5.6 kB there')
      .and.contain('3 changes')
      .and.contain('not all of them yet');
    for (const language of ['es', 'pt', 'fr'])
      expect(await site.page(`/peers?lang=${language}`)).to.match(/1,23 (MB|Mo)/);
  });

  it('tells why a feed is in quarantine, with what was signed twice', async () => {
    say(andina.node, { fork, followed: false, why: 'two histories' });
    const page = await site.page('/peers');
    expect(page)
      .to.contain('as number 12 of its changes')
      .and.contain('a state with 12 changes, signed')
      .and.contain('a state with 11 changes, signed')
      .and.contain('…cdcdcdcdcdcd');
    const peer = (await list('?state=troubled')).orderedItems[0];
    expect(peer?.['fork']).to.deep.include({ seq: 12, kind: 'heads' });
  });

  it('tells what was refused in words, with the code for who looks it up', async () => {
    site.peers.refused = [
      { code: 'FEED_BAD_SIGNATURE', count: 3 },
      { code: 'SOMETHING_NEW', count: 1 },
    ];
    expect(await site.page('/peers'))
      .to.contain('3 × a signature that does not fit<code>FEED_BAD_SIGNATURE</code>')
      .and.contain('1 × for another reason<code>SOMETHING_NEW</code>');
    say(andina.node, { cutOff: true });
    expect(await site.page('/peers')).to.contain('for some minutes nothing is taken of it');
  });

  it('can be narrowed to a network or a state, in data and on the page', async () => {
    say(andina.node, { networks: ['andes'], lag: 2, complete: false });
    const names = async (query: string): Promise<string[]> =>
      (await list(query)).orderedItems.map(({ name }) => name);
    expect(await names('?network=andes')).to.deep.equal(['Universidad Andina']);
    expect(await names('?network=')).to.have.length(3);
    expect(await names('?state=behind')).to.deep.equal(['Universidad Andina']);
    expect(await names('?state=troubled')).to.deep.equal([]);
    expect(await names('?network=nowhere')).to.deep.equal([]);
    const page = await site.page('/peers?network=andes&lang=en');
    expect(page).to.contain('<option value="andes" selected>').and.not.contain('Université du Lac</a>');
    expect(await site.page('/peers?state=troubled')).to.contain('No institution is like that.');
    expect((await site.get('/peers?state=sad')).status).to.equal(400);
  });

  describe('the map', () => {
    it('is not there where nobody says where it is', async () => {
      expect(await site.page('/peers')).not.to.contain('<svg viewBox');
    });

    it('has a dot for each place, lines to who is connected, and the same as a list', async () => {
      const [one = '', two = ''] = site.peers.peers().flatMap(({ self, node }) => (self ? [] : [node]));
      say(one, { country: 'PE', connected: true });
      say(two, { location: { latitude: 46.2, longitude: 6.15 } });
      const page = await site.page('/peers');
      expect(page.match(/<circle class=/g)).to.have.length(2);
      expect(page).to.contain('role="img" aria-labelledby="map-title map-description"');
      expect(page).to.contain('A map with 2 institutions; 1 of them connected with this one.');
      expect(page).to.contain('Peru').and.contain('latitude 46.2, longitude 6.2');
      expect(page).to.match(/They do not say where they are: [^;<]+\.</);
      expect(page, 'nothing from elsewhere').not.to.match(/<svg[^>]*>(?:(?!<\/svg>).)*(?:href|url\()/s);
    });

    it('draws this node with a ring, and those at one place as one dot', async () => {
      const here = { country: 'FR', connected: true };
      site.peers.others = [here, here];
      site.peers.self = { country: 'CH' };
      const page = await site.page('/peers');
      expect(page.match(/<circle class="self"/g)).to.have.length(1);
      expect(page.match(/<circle class="connected"/g)).to.have.length(1);
      expect(page.match(/<line /g)).to.have.length(1);
      site.peers.self = {};
    });

    it('shows a country that there is none of as a code', async () => {
      say(andina.node, { country: 'ZZ', location: { latitude: 0, longitude: 0 } });
      expect((await site.get('/peers')).status).to.equal(200);
    });
  });

  describe('POST /api/peers/{node}/forgive', () => {
    it('ends a quarantine, and says whether the node is followed', async () => {
      say(andina.node, { fork });
      const response = await post(`/api/peers/${andina.node}/forgive`);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.deep.include({
        node: andina.node,
        name: 'Universidad Andina',
        followed: true,
      });
      expect(site.peers.forgiven).to.deep.equal([andina.node]);
    });

    it('takes the beginning of an id, as far as it is of one node only', async () => {
      say(andina.node, { fork });
      const others = site.peers.peers().filter(({ node }) => node !== andina.node);
      let length = 1;
      while (others.some(({ node }) => node.startsWith(andina.node.slice(0, length)))) length += 1;
      const response = await post(`/api/peers/${andina.node.slice(0, length)}/forgive`);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.include({ node: andina.node });

      const ambiguous = await post('/api/peers/12D3KooW/forgive');
      expect(ambiguous.status).to.equal(409);
      expect(await ambiguous.json()).to.include({ code: 'PEER_AMBIGUOUS' });
    });

    it('says 404 for a node that is not known, 409 for one in no quarantine, 401 without the token', async () => {
      expect((await post('/api/peers/12D3KooWNobody/forgive')).status).to.equal(404);
      const response = await post(`/api/peers/${andina.node}/forgive`);
      expect(response.status).to.equal(409);
      expect(((await response.json()) as { code: string }).code).to.equal('PEER_NOT_QUARANTINED');
      const url = `${site.url}/api/peers/${andina.node}/forgive`;
      expect((await fetch(url, { method: 'POST' })).status).to.equal(401);
    });
  });
});
