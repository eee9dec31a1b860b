import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openStore, type Store } from '../../../node/store/index.ts';
import { postgresFor, type PostgresServer } from '../../support/postgres-server.ts';
import { until } from '../../support/until.ts';
import { leaseTimes } from './lease-times.ts';

const WRITER = fileURLToPath(new URL('writes-until-lost.ts', import.meta.url));

describe('the right to write to a PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let schemas = 0;
  const processes: ChildProcess[] = [];
  before(async function () {
    server = await postgresFor(this);
  });
  beforeEach(() => {
    url = server.urlOf(`lease ${(schemas += 1)}`);
  });
  afterEach(() => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
  });

  /** A process that writes, and the words that it has said. */
  function aWriter(): { child: ChildProcess; words: string[] } {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    processes.push(child);
    const words: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => words.push(...text.trim().split('\n')));
    return { child, words };
  }

  async function lastOf(store: Store): Promise<string> {
    return Buffer.from((await store.section('written').get('last')) ?? []).toString();
  }

  it('is with one process at a time', async () => {
    const first = await openStore(url, { leaseTimes });
    const error = await openStore(url, { leaseTimes }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'STORE_LOCKED' });
    expect((error as Error).message).to.include(String(process.pid));
    await first.section('a').put('k', Buffer.from('still'));
    await first.close();
    const second = await openStore(url, { leaseTimes });
    expect(Buffer.from((await second.section('a').get('k')) ?? []).toString()).to.equal('still');
    await second.close();
  });

  it('goes over from a process that was killed, when its time is over', async () => {
    const { child, words } = aWriter();
    await until('something is written', () => words.length > 3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openStore(url, { leaseTimes });
    expect((await lastOf(store)) >= (words.at(-1) ?? '')).to.equal(true);
    await store.close();
  });

  it('is not with a process that was stopped for a while: it writes nothing more', async () => {
    const { child, words } = aWriter();
    await until('something is written', () => words.length > 3);
    child.kill('SIGSTOP');
    const store = await openStore(url, { leaseTimes });
    const section = store.section('written');
    const before = await section.iterator().all();
    child.kill('SIGCONT');
    await until('it has found out', () => words.includes('STORE_LEASE_LOST') && words.includes('told'));
    expect(await section.iterator().all()).to.deep.equal(before);
    await section.put('last', Buffer.from('by the second'));
    expect(await lastOf(store)).to.equal('by the second');
    await store.close();
  });
});
