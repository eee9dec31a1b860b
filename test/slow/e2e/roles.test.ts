import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { NodeProcess } from '../../support/node-process.ts';
import { postgresFor } from '../../support/postgres-server.ts';
import { until } from '../../support/until.ts';

interface Page {
  orderedItems: { id: string }[];
}

/** One node that writes, and two processes of the role http, over one PostgreSQL. */
describe('several processes over one store', function () {
  this.timeout(240_000);
  let url: string;
  let writer: NodeProcess;
  let others: NodeProcess[] = [];
  before(async function () {
    const server = await postgresFor(this);
    url = server.urlOf('several processes');
    writer = await NodeProcess.start(['--store', url]);
    await until(
      'the sample is harvested and read',
      async () => {
        const status = await writer.api<{ readers: { lag: number }[]; records: { own: number } }>(
          'GET',
          '/status',
        );
        return status.records.own > 0 && status.readers.every(({ lag }) => lag === 0);
      },
      120_000,
    );
    others = await Promise.all([1, 2].map(() => NodeProcess.start(['--role', 'http', '--store', url])));
  });
  after(async () => {
    for (const node of [...others, ...(writer === undefined ? [] : [writer])]) {
      await node.stop();
      await node.remove();
    }
  });

  const withdraw = async (through: NodeProcess, key: string, data: string): Promise<number> => {
    const token = (await readFile(`${data}/api-token`, 'utf8')).trim();
    const response = await fetch(`${through.url}/api/records/${key}/withdraw`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'by mistake' }),
    });
    await response.body?.cancel();
    return response.status;
  };
  const statusOf = async (at: NodeProcess, path: string): Promise<number> =>
    (await at.get(path)).response.status;
  const isGone = async (key: string): Promise<void> => {
    for (const at of others)
      await until(`${key} is gone there, too`, async () => (await statusOf(at, `/records/${key}`)) === 410);
  };
  const keysOf = ({ orderedItems }: Page): string[] =>
    orderedItems.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));

  it('show the same, take changes for the writer, and go on reading while nobody writes', async () => {
    const [first, second] = others as [NodeProcess, NodeProcess];
    const pages = await Promise.all([writer, first, second].map((at) => at.get<Page>('/records?limit=10')));
    const [keys = [], ...same] = pages.map(({ document }) => keysOf(document));
    expect(keys).to.have.length(10);
    for (const page of same) expect(page).to.deep.equal(keys);
    const [a = '', b = '', c = ''] = keys;
    for (const at of others) expect(await statusOf(at, `/records/${a}`)).to.equal(200);
    expect((await first.get<{ totalItems: number }>('/search?q=open')).document.totalItems).to.be.greaterThan(
      0,
    );

    expect(await withdraw(writer, a, writer.data)).to.equal(200);
    await isGone(a);
    expect(await withdraw(first, b, writer.data)).to.equal(200);
    await isGone(b);
    expect(await statusOf(writer, `/records/${b}`)).to.equal(410);

    await writer.kill();
    await until('changes are turned away', async () => (await withdraw(second, c, writer.data)) === 503);
    expect(await statusOf(second, `/records/${c}`)).to.equal(200);
    expect(await statusOf(second, `/records/${a}`)).to.equal(410);
    expect(await statusOf(first, '/health/ready')).to.equal(200);

    // It waits for its turn, as the one that was killed cannot give it back.
    writer = await NodeProcess.start(['--store', url], writer.data);
    await until('changes are taken again', async () => (await withdraw(second, c, writer.data)) === 200);
    await isGone(c);
    for (const at of others) expect(at.complaints.join('\n')).to.not.match(/"level":[56]0/);
  });
});
