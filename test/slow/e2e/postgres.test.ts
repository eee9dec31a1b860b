import { expect } from 'chai';
import { NodeProcess } from '../../support/node-process.ts';
import { postgresFor, type PostgresServer } from '../../support/postgres-server.ts';
import { until } from '../../support/until.ts';
import { ngrProcess } from '../../cli/process.ts';
import { aCutLine, type CutLine } from '../../store/postgres/cut-line.ts';

interface Status {
  readers: { lag: number }[];
  records: { own: number };
}

describe('a whole node over a PostgreSQL', () => {
  let server: PostgresServer;
  let line: CutLine;
  let node: NodeProcess;
  before(async function () {
    server = await postgresFor(this);
    const url = server.urlOf('a whole node');
    line = await aCutLine(url);
    node = await NodeProcess.start(['--store', line.urlOf(url)]);
  });
  after(async () => {
    await node?.stop();
    await node?.remove();
    await line?.close();
  });

  async function health(what: 'live' | 'ready'): Promise<number> {
    return (await fetch(new URL(`/health/${what}`, node.url))).status;
  }

  it('harvests, and finds what it has harvested', async () => {
    await until(
      'the sample is harvested and read',
      async () => {
        const { readers, records } = await node.api<Status>('GET', '/status');
        return records.own > 0 && readers.every(({ lag }) => lag === 0);
      },
      120_000,
    );
    const { document } = await node.get<{ totalItems: number }>('/search?q=open');
    expect(document.totalItems).to.be.greaterThan(0);
  });

  it('is alive and not ready while the database is away, and goes on by itself', async () => {
    line.cut();
    await until('it says that it is not ready', async () => (await health('ready')) === 503);
    expect(await health('live')).to.equal(200);
    line.mend();
    await until('it is ready again', async () => (await health('ready')) === 200);
    await node.api('POST', '/harvest', {});
    const { document } = await node.get<{ totalItems: number }>('/search?q=open');
    expect(document.totalItems).to.be.greaterThan(0);
  });

  it('says nowhere what the password is', async () => {
    const store = 'postgres://ngr:topsecret@localhost:1/nowhere';
    const data = node.data;
    for (const args of [
      ['start', '--store', `${store}?sslmod=require`],
      ['start', '--store', store.replace('postgres', 'postgress')],
      ['store', 'copy', store, './here'],
    ]) {
      const { exitCode, stdout, stderr } = await ngrProcess([...args, '--data', `${data}/other`], data);
      expect(exitCode).to.not.equal(0);
      expect(stdout + stderr).to.not.include('topsecret');
      expect(stderr).to.match(/postgres|STORE|store/);
    }
  });
});
