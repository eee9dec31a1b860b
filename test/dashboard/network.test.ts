import { expect } from 'chai';
import type { PeerView } from '../../node/federation/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { aVisitor } from './visitor.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const fork: PeerView['fork'] = {
  kind: 'heads',
  seq: 12,
  signed: [
    { time: NOON, digest: 'ab'.repeat(32), live: 12 },
    { time: NOON + 60_000, digest: 'cd'.repeat(32), live: 11 },
  ],
};

describe('the network in the dashboard', () => {
  let site: TestSite;
  let andina: string;
  beforeEach(async () => {
    site = await aSite();
    const peer = await site.peer('Andina <i>', 'https://andina.example');
    await site.follow(peer, aPut(1), aPut(2));
    andina = site.peers.peers().find(({ self }) => !self)?.node ?? '';
    await site.follow(await site.peer('Lac', 'https://lac.example'), aPut(3));
  });
  afterEach(() => site.close());

  it('tells who is followed and why, and what was refused, in words', async () => {
    site.peers.others = [{}, { followed: false, why: 'not proved', proof: 'unreachable' }];
    site.peers.refused = [{ code: 'FEED_BAD_SIGNATURE', count: 3 }];
    const visitor = await aVisitor(site, 'standard');
    const page = await visitor.page('/dashboard/network');
    expect(page).to.include('Andina &lt;i&gt;').and.include('a signature that does not fit');
    expect(page).to.include('not followed: its domain does not confirm it');
    expect(page).to.include('<dt>Nodes known</dt><dd>2</dd>').and.include('href="/peers"');
    expect(page).to.not.include('University of Wyreford</a></h3>');
    const some = await visitor.page('/dashboard/network?state=followed&network=');
    expect(some).to.include('Andina').and.not.include('its domain does not confirm it');
    expect((await visitor.get('/dashboard/network?state=lost')).status).to.equal(400);
  });

  it('shows where they are, this institution among them', async () => {
    const visitor = await aVisitor(site, 'standard');
    expect(await visitor.page('/dashboard/network')).to.not.include('<figure class="map">');
    site.peers.self = { country: 'GB' };
    site.peers.others = [{ country: 'CO' }, { country: 'UY' }];
    const page = await visitor.page('/dashboard/network');
    expect(page).to.include('<figure class="map">').and.include('University of Wyreford');
  });

  it('ends a quarantine, for who may', async () => {
    const administrator = await aVisitor(site, 'administrator');
    const advanced = await aVisitor(site, 'advanced');
    expect(await administrator.page('/dashboard/network')).to.not.include('/dashboard/network/forgive');
    expect((await administrator.submit('/dashboard/network/forgive', { node: andina })).status).to.equal(409);
    site.peers.others = [{ fork, followed: false, why: 'two histories' }];
    expect(await advanced.page('/dashboard/network')).to.not.include('/dashboard/network/forgive');
    expect((await advanced.submit('/dashboard/network/forgive', { node: andina })).status).to.equal(403);
    expect(site.peers.forgiven).to.deep.equal([]);
    expect(await administrator.page('/dashboard/network')).to.include(`name="node" value="${andina}"`);
    expect((await administrator.submit('/dashboard/network/forgive', { node: andina })).status).to.equal(303);
    expect(site.peers.forgiven).to.deep.equal([andina]);
    expect(await administrator.page('/dashboard/audit')).to.match(
      /ended the quarantine of a node<\/td><td>Andina &lt;i&gt; \(12D3/,
    );
  });
});
