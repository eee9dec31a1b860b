import { expect } from 'chai';
import { systemClock, type Clock } from '../../../node/clock.ts';
import {
  openStore,
  writeBatch,
  type Operation,
  type Section,
  type Store,
} from '../../../node/store/index.ts';
import { postgresFor, type PostgresServer } from '../../support/postgres-server.ts';
import { seededRandom } from '../../../scripts/random.ts';
import { aCutLine, type CutLine } from './cut-line.ts';

/** Pauses before another attempt are short; what is waited for is real. */
const clock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms / 50, signal),
};
const ROWS = 200;

describe('a store on PostgreSQL whose line is cut', () => {
  let server: PostgresServer;
  let line: CutLine;
  let store: Store;
  let section: Section;
  let schemas = 0;
  before(async function () {
    server = await postgresFor(this);
  });
  beforeEach(async () => {
    const url = server.urlOf(`cut line ${(schemas += 1)}`);
    line = await aCutLine(url);
    store = await openStore(line.urlOf(url), { clock });
    section = store.section('a');
    await writeBatch(section, generation('first'), { durable: true });
  });
  afterEach(async () => {
    line.mend();
    await store.close();
    await line.close();
  });

  function generation(value: string): Operation[] {
    return Array.from({ length: ROWS }, (_, i) => ({
      type: 'put',
      key: String(i).padStart(4, '0'),
      value: Buffer.from(value.repeat(20)),
    }));
  }

  async function values(): Promise<Set<string>> {
    const found = await section.values().all();
    expect(found).to.have.length(ROWS);
    return new Set(found.map((value) => Buffer.from(value).toString().slice(0, 5)));
  }

  it('says so, and reads again when the line is mended', async () => {
    line.cut();
    const error = await section.get('0000').catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'STORE_UNREACHABLE' });
    const refused = writeBatch(section, generation('never'), { durable: true });
    expect(await refused.catch((thrown: unknown) => thrown)).to.include({ code: 'STORE_UNREACHABLE' });
    line.mend();
    expect(await values()).to.deep.equal(new Set(['first']));
    await writeBatch(section, generation('later'), { durable: true });
    expect(await values()).to.deep.equal(new Set(['later']));
  });

  it('reads on where the line is mended soon', async () => {
    line.cut();
    const read = section.get('0000');
    await systemClock.sleep(1);
    line.mend();
    expect(Buffer.from((await read) ?? []).toString()).to.include('first');
  });

  it('is read again where the line is cut while a connection is made, and ends nobody', async () => {
    for (let bytes = 1; bytes < 300; bytes += 13) {
      line.cut();
      line.mend();
      line.cutAfter(bytes);
      const read = section.get('0000');
      await systemClock.sleep(2);
      line.mend();
      expect(Buffer.from((await read) ?? []).toString(), `${bytes} bytes`).to.include('first');
    }
  });

  it('has a batch whole or not at all, wherever the line is cut in it', async () => {
    const { integer } = seededRandom(9);
    for (let i = 0; i < 12; i++) {
      const value = `gen${String(i).padStart(2, '0')}`;
      line.cutAfter(1 + integer(30_000));
      const written = writeBatch(section, generation(value), { durable: true });
      await systemClock.sleep(2);
      line.mend();
      await written;
      expect(await values()).to.deep.equal(new Set([value]));
    }
  });

  it('knows what became of a batch whose answer was lost', async () => {
    line.swallowAnswers();
    const written = writeBatch(section, generation('whole'), { durable: true });
    await systemClock.sleep(20);
    line.mend();
    await written;
    expect(await values()).to.deep.equal(new Set(['whole']));
  });

  it('loses a snapshot, and says so', async () => {
    const snapshot = section.snapshot();
    await section.get('0000', { snapshot });
    line.cut();
    const error = await section.get('0001', { snapshot }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'STORE_UNREACHABLE' });
    line.mend();
    await snapshot.close();
    expect(await section.get('0001')).to.be.instanceOf(Uint8Array);
  });
});

describe('a PostgreSQL that cannot be had', () => {
  async function codeOf(url: string): Promise<unknown> {
    const error = await openStore(url, { clock }).catch((thrown: unknown) => thrown);
    expect((error as Error).message).to.not.include('secret');
    return (error as { code?: unknown }).code;
  }

  it('is told by what is wrong', async function () {
    const server = await postgresFor(this);
    const url = new URL(server.urlOf('nobody'));
    url.password = 'secret';
    const noDatabase = new URL(url);
    noDatabase.pathname = '/nowhere';
    expect(await codeOf(noDatabase.href)).to.equal('STORE_NO_DATABASE');
    const noUser = new URL(url);
    noUser.username = 'nobody';
    expect(await codeOf(noUser.href)).to.equal('STORE_NO_RIGHTS');
    url.searchParams.set('host', '/nonexistent');
    expect(await codeOf(url.href)).to.equal('STORE_UNREACHABLE');
    expect(await codeOf('postgres://ngr:secret@localhost:1/x')).to.equal('STORE_UNREACHABLE');
  });

  it('has its tables made by who may, and used by who may not', async function () {
    const server = await postgresFor(this);
    const url = new URL(server.urlOf('rights'));
    const schema = url.searchParams.get('schema');
    await server.ask('CREATE ROLE lesser LOGIN');
    const lesser = new URL(url);
    lesser.username = 'lesser';
    expect(await codeOf(lesser.href)).to.equal('STORE_NO_RIGHTS');
    await (await openStore(url.href)).close();
    await server.ask(
      `GRANT USAGE ON SCHEMA ${schema} TO lesser; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO lesser`,
    );
    const store = await openStore(lesser.href);
    await store.section('a').put('k', Buffer.from('v'));
    await store.close();
  });
});
