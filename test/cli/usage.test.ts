import { expect } from 'chai';
import { aNodeDouble } from './node-double.ts';

const NODE = '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';

describe('ngr usage', () => {
  const { node, ngr } = aNodeDouble();

  const month = { month: '2026-11', investigations: 1500, requests: 20, isFinal: false };
  const robots = { investigations: 90, requests: 7 };
  const institution = { node: NODE, name: 'Nordmark', investigations: 1500, requests: 20 };
  const usage = {
    networks: ['default'],
    from: '2025-12',
    to: '2026-11',
    investigations: 1500,
    requests: 20,
    byMonth: [month],
    byNode: [institution],
    own: {
      investigations: 1500,
      requests: 20,
      robots,
      byMonth: [{ ...month, robots }],
      top: [{ name: 'Open access\u001b[31m', investigations: 1400, requests: 19 }],
    },
    apart: { investigations: 0, requests: 0, byNode: [] },
    refused: [],
  };

  it('prints own months and records, the network and its institutions', async () => {
    node.answers.set('GET /api/usage', { body: usage });
    const { stdout } = await ngr('usage');
    expect(stdout)
      .to.match(/2026-11 \* +1,500 +20 +90 +7\n/)
      .and.to.match(/Open access \[31m +1,400 +19\n/)
      .and.to.match(/Network "default" +Investigations +Requests\n2026-11 \* +1,500 +20\n/)
      .and.to.match(/Nordmark +1,500 +20\n/)
      .and.not.to.include('Kept apart');
  });

  it('asks for a period, and for one table as CSV', async () => {
    node.answers.set('GET /api/usage?from=2025-01&to=2025-12', {
      body: { ...usage, byMonth: [], byNode: [] },
    });
    const year = await ngr('usage', '--from', '2025-01', '--to', '2025-12');
    expect(year.stdout).to.include('No node of the network has told of usage');
    const empty = { ...usage.own, byMonth: [], top: [] };
    const refused = [{ code: 'USAGE_DAY_CLOSED', count: 12 }];
    node.answers.set('GET /api/usage?period=all', { body: { ...usage, own: empty, refused } });
    const all = await ngr('usage', '--all');
    expect(all.stdout)
      .to.include('No use of the own records was counted from 2025-12 to 2026-11.')
      .and.match(/USAGE_DAY_CLOSED +12\n/);
    expect((await ngr('usage', '--from', '1/2025')).exitCode).to.equal(2);
    expect((await ngr('usage', '--csv', 'nothing')).exitCode).to.equal(2);
  });

  it('prints what is kept apart and why, and takes the decision', async () => {
    const liar = {
      ...institution,
      name: 'Liar',
      investigations: 2e6,
      requests: 0,
      why: 'out of proportion',
    };
    const apart = {
      investigations: 2e6,
      requests: 0,
      byNode: [{ ...liar, furthest: { measure: 'investigations', perRecord: 20_000, usual: 7.126 } }],
    };
    node.answers.set('GET /api/usage', { body: { ...usage, apart } });
    const { stdout } = await ngr('usage');
    expect(stdout)
      .to.match(/Liar +out of proportion: 20,000 a month for each record, usual are 7.1 +2,000,000 +0/)
      .and.include('Nothing of that is in the sums.');
    const counted = { investigations: 1500, requests: 20 };
    for (const [flag, action] of [
      ['--accept', 'accept'],
      ['--refuse', 'refuse'],
    ] as const) {
      const body = { node: NODE, decision: `${action}d`, counted, apart: counted };
      node.answers.set(`POST /api/usage/${NODE}/${action}`, { body });
      expect((await ngr('usage', flag, NODE)).stdout).to.match(
        /^The usage of 12D3\S+ is \w+\.\nCounted: 1,500/,
      );
    }
    expect((await ngr('usage', '--accept', NODE, '--refuse', NODE)).exitCode).to.equal(2);
  });
});
