import { expect } from 'chai';
import { BEHAVIOURS } from '../../../node/assessment/index.ts';
import { ngrProcess } from '../../cli/process.ts';
import { NodeProcess } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

interface Status {
  sources: { running: boolean }[];
  readers: { lag: number }[];
  records: { own: number };
}

interface Assessment {
  behaviours: { checks: { id: string; assertion: { result: { outcome: string; seen: string[] } } }[] }[];
}

describe('a whole node over the sample that looks at itself', () => {
  let node: NodeProcess;
  before(async () => {
    node = await NodeProcess.start([]);
  });
  after(async () => {
    await node.stop();
    await node.remove();
  });

  const settled = (): Promise<void> =>
    until('the sample is harvested and read', async () => {
      const { sources, readers, records } = await node.api<Status>('GET', '/status');
      const done = sources.every(({ running }) => !running) && readers.every(({ lag }) => lag === 0);
      return done && records.own > 0;
    });
  const assess = async (): Promise<{ exitCode: number | null; results: Map<string, string[]> }> => {
    const { exitCode, stdout } = await ngrProcess(['assess', '--json', '--data', node.data], node.data);
    const results = new Map<string, string[]>();
    for (const { id, assertion } of (JSON.parse(stdout) as Assessment).behaviours.flatMap(
      ({ checks }) => checks,
    )) {
      const { outcome, seen } = assertion.result;
      results.set(id.slice(id.indexOf('#') + 1), [outcome, ...seen]);
    }
    return { exitCode, results };
  };

  it('finds what it should be, and what is amiss with the sample: few of its records name a licence', async () => {
    await settled();
    const { exitCode, results } = await assess();
    expect([...results.keys()]).to.have.members(BEHAVIOURS.flatMap(({ checks }) => checks));
    const others = [...results].filter(([, [outcome]]) => outcome !== 'passed');
    expect(others.map(([name, [outcome]]) => [name, outcome])).to.deep.equal([
      ['namesLicences', 'failed'],
      ['keepsTombstones', 'inapplicable'],
    ]);
    expect(results.get('namesLicences')?.[1]).to.match(/ 3 of \d+ looked at have it: licence$/);
    expect(exitCode).to.equal(1);
  });

  it('finds the tombstone of what is withdrawn', async () => {
    const { document } = await node.get<{ orderedItems: { id: string }[] }>('/records?limit=1');
    const key = new URL(document.orderedItems[0]?.id ?? '').pathname.slice('/records/'.length);
    await node.api('POST', `/records/${key}/withdraw`, { reason: 'Retracted' });
    await settled();
    expect((await assess()).results.get('keepsTombstones')).to.deep.equal([
      'passed',
      `${node.url}/records/${key} answers with the HTTP status 410`,
      `${node.url}/records/${key} tells Tombstone: withdrawn`,
    ]);
  });
});
