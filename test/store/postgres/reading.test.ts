import { expect } from 'chai';
import { FORMAT, openStore, openStoreToRead, writeBatch, type Store } from '../../../node/store/index.ts';
import { postgresFor, type PostgresServer } from '../../support/postgres-server.ts';
import { leaseTimes } from './lease-times.ts';

describe('a PostgreSQL that is read along with its writer', () => {
  let server: PostgresServer;
  let url: string;
  let schema: string;
  let schemas = 0;
  const opened: { close(): Promise<void> }[] = [];
  before(async function () {
    server = await postgresFor(this);
  });
  beforeEach(() => {
    url = server.urlOf(`reading ${(schemas += 1)}`);
    schema = new URL(url).searchParams.get('schema') ?? '';
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function writer(times = leaseTimes): Promise<Store> {
    const store = await openStore(url, { leaseTimes: times });
    opened.push(store);
    return store;
  }

  async function reader(): ReturnType<typeof openStoreToRead> {
    const store = await openStoreToRead(url);
    opened.push(store);
    return store;
  }

  async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return (error as { code?: string } | undefined)?.code;
  }

  it('shows at once what the writer has committed, also to a snapshot beside an older one', async () => {
    const [from, to] = [(await writer()).section('a'), (await reader()).section('a')];
    await from.put('k', Buffer.from('one'));
    const before = to.snapshot();
    expect(Buffer.from((await to.get('k', { snapshot: before })) ?? []).toString()).to.equal('one');
    await from.put('k', Buffer.from('two'));
    const after = to.snapshot();
    const [old, now, latest] = await Promise.all([
      to.get('k', { snapshot: before }),
      to.get('k', { snapshot: after }),
      to.get('k'),
    ]);
    expect([old, now, latest].map((bytes) => Buffer.from(bytes ?? []).toString())).to.deep.equal([
      'one',
      'two',
      'two',
    ]);
    await Promise.all([before.close(), after.close()]);
  });

  it('takes no write of any kind', async () => {
    await (await writer()).section('a').put('k', Buffer.from('stays'));
    const section = (await reader()).section('a');
    const attempts = [
      section.put('k', Buffer.from('gone')),
      section.del('k'),
      section.batch([{ type: 'del', key: 'k' }]),
      section.clear(),
      writeBatch(section, [{ type: 'del', key: 'k' }], { durable: true }),
    ];
    expect(await Promise.all(attempts.map(codeOf))).to.deep.equal(attempts.map(() => 'STORE_READ_ONLY'));
    expect(Buffer.from((await section.get('k')) ?? []).toString()).to.equal('stays');
  });

  it('leaves the right to write alone, and tells who has it and where', async () => {
    const first = await writer();
    const store = await reader();
    expect(await store.holder()).to.include({ url: '' });
    await first.announce({ url: 'http://10.0.0.5:8080', secret: 's' });
    const told = await store.holder();
    expect(told).to.include({ url: 'http://10.0.0.5:8080', secret: 's' });
    await first.close();
    expect(await store.holder()).to.equal(undefined);
    await (await writer()).announce({ url: 'http://10.0.0.6:8080', secret: 't' });
    const next = await store.holder();
    expect(next).to.include({ url: 'http://10.0.0.6:8080', secret: 't' });
    expect(Number(next?.term)).to.be.greaterThan(Number(told?.term));
  });

  it('forgets what a writer told that was killed, when another takes over', async () => {
    // Who was killed renews nothing any more.
    const killed = await writer({ ...leaseTimes, renewedEveryMs: 3_600_000 });
    await killed.announce({ url: 'http://10.0.0.5:8080', secret: 's' });
    await server.ask(`UPDATE ${schema}.lease SET expires = now() - interval '1 second'`);
    const store = await reader();
    expect(await store.holder()).to.equal(undefined);
    await writer();
    expect(await store.holder()).to.include({ url: '', secret: '' });
  });

  it('is not opened before there is anything', async () => {
    expect(await codeOf(reader())).to.equal('STORE_EMPTY');
    expect(await server.ask(`SELECT count(*) FROM pg_namespace WHERE nspname = '${schema}'`)).to.equal('0');
  });

  it('is not opened when its data are of another version, and says which side has to go on', async () => {
    const store = await writer();
    await reader();
    for (const [format, code] of [
      [String(FORMAT - 1), 'STORE_TOO_OLD'],
      [`${FORMAT - 1}>${FORMAT}`, 'STORE_TOO_OLD'],
      [String(FORMAT + 1), 'STORE_TOO_NEW'],
      [`${FORMAT}>${FORMAT + 1}`, 'STORE_TOO_NEW'],
    ] as const) {
      await store.db.put('format', Buffer.from(format));
      expect(await codeOf(reader()), format).to.equal(code);
    }
  });

  it('has the tables of an earlier version brought up to date by the writer', async () => {
    await (await writer()).close();
    await server.ask(`ALTER TABLE ${schema}.lease DROP COLUMN url, DROP COLUMN secret`);
    expect(await codeOf(reader())).to.equal('STORE_TOO_OLD');
    await (await writer()).announce({ url: 'http://10.0.0.5:8080', secret: 's' });
    expect(await (await reader()).holder()).to.include({ url: 'http://10.0.0.5:8080' });
  });
});
