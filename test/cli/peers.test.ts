import { expect } from 'chai';
import { aNodeDouble, list } from './node-double.ts';

const NODE = '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';

describe('ngr peers', () => {
  const { node, ngr } = aNodeDouble();

  const peer = {
    node: NODE,
    name: 'Nordmark',
    networks: ['default'],
    self: false,
    connected: true,
    proof: 'proved',
    provedAt: '2026-11-01T00:00:00.000Z',
    followed: true,
    why: 'network',
    lag: 3,
    headTime: '2026-11-21T07:40:00.000Z',
    records: 12_345,
    bytes: 12_345_678,
    received: 1_200_000,
    sent: 0,
    complete: false,
    lastContact: '2026-11-21T07:48:00.000Z',
    refused: [{ code: 'FEED_BAD_SIGNATURE', count: 2 }],
    cutOff: false,
  };

  it('prints a row a node, and what was refused of it', async () => {
    node.answers.set('GET /peers', list(peer));
    const { stdout } = await ngr('peers');
    expect(stdout).to.match(
      /^Name +State +Domain +Followed +Records +Size +Behind +Head of +Last contact +In +Out +Refused +Node\n/,
    );
    expect(stdout).to.match(
      /Nordmark +connected +proved since 2026-11-01 +yes \(network\) +12,345 +12\.3 MB +3 +2026-11-21 07:40 UTC +2026-11-21 07:48 UTC +1\.2 MB +0 B +2 +12D3Koo/,
    );
    expect(stdout).to.include('\nNordmark: refused FEED_BAD_SIGNATURE 2.\n');
  });

  it('prints all pages of the list', async () => {
    const [first, second] = [list(peer), list({ ...peer, name: 'Sørmark' })];
    const next = 'https://n.example/peers?network=a+b&page=2';
    node.answers.set('GET /peers?network=a+b', { body: { ...(first.body as object), next } });
    node.answers.set('GET /peers?network=a+b&page=2', second);
    const { stdout } = await ngr('peers', '--in', 'a b');
    expect(stdout).to.include('Nordmark ').and.include('Sørmark ');
    const json = JSON.parse((await ngr('peers', '--in', 'a b', '--json')).stdout) as object;
    expect(json).to.have.property('orderedItems').with.length(2);
    expect(json).not.to.have.property('next');
  });

  it('tells of two histories, with what was signed twice and what to do', async () => {
    const signed = [
      { time: '2026-11-20T07:48:00.000Z', digest: 'ab', live: 12 },
      { time: '2026-11-21T07:48:00.000Z', digest: 'cd', live: 11 },
    ];
    node.answers.set(
      'GET /peers?state=troubled',
      list({ ...peer, fork: { kind: 'heads', seq: 12, signed } }),
    );
    const { stdout } = await ngr('peers', '--state', 'troubled');
    expect(stdout)
      .to.include('two things as number 12 of its changes: a state of 12 changes on 2026-11-20 07:48 UTC')
      .and.include(`"ngr peers --forgive ${NODE}"`);
  });

  it('ends a quarantine', async () => {
    const body = { node: NODE, name: 'Nordmark', followed: true, why: 'network' };
    node.answers.set(`POST /api/peers/${NODE}/forgive`, { body });
    const { exitCode, stdout } = await ngr('peers', '--forgive', NODE);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal('Nordmark is in quarantine no longer. Its feed is read anew.\n');
    const json = await ngr('peers', '--forgive', NODE, '--json');
    expect(JSON.parse(json.stdout)).to.deep.equal(body);
  });
});
