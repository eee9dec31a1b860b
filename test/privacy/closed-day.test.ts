import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import pino from 'pino';
import { resolveConfig } from '../../node/config/index.ts';
import { startNode, type RunningNode } from '../../node/main.ts';
import { aPut } from '../support/builders.ts';
import { temporaryDirectory } from '../support/node-process.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';
import { entriesIn, filesIn, found, foundInData, OTHER_READER, READER, tracesOf } from './traces.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 10, 10, 12);
/** Under them is everything by which users of a day can be told apart: keys of days, and the ledgers hashed with them. */
const LEDGERS = '!counting!l';
const KEYS_OF_DAYS = '!counting!lk!';

describe('the personal side of a day, in a node’s data folder', () => {
  let data: string;
  let clock: TestClock;
  let node: RunningNode;
  const log: string[] = [];

  const start = async (): Promise<void> => {
    const config = resolveConfig({ env: {}, flags: { data, sample: false }, cwd: data });
    const lines = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
    node = await startNode(config, { log: lines, clock, offline: true });
  };
  const track = async (n: number, reader: typeof READER): Promise<Response> => {
    const query = new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: new Date(NOON + n * 60_000).toISOString(),
      req_id: reader.address,
      req_dat: reader.userAgent,
      rfr_dat: reader.referrer,
      'rft.artnum': `oai:repository.example:${n}`,
      rft_dat: 'Request',
    });
    return await fetch(`${node.url}/tracker?${query.toString()}`);
  };
  const ledgers = async (): Promise<{ key: string; value: Buffer }[]> => {
    const entries = [];
    for await (const entry of entriesIn(data)) if (entry.key.startsWith(LEDGERS)) entries.push(entry);
    return entries;
  };

  beforeEach(async () => {
    data = await temporaryDirectory();
    clock = new TestClock(NOON + HOUR_MS);
    log.length = 0;
    await start();
    await node.catalogue.put(Array.from({ length: 50 }, (_, n) => aPut(n)));
    for (let n = 0; n < 50; n++)
      expect((await track(n, n % 2 === 0 ? READER : OTHER_READER)).status).to.equal(200);
  });
  afterEach(async () => {
    await node.stop();
    await rm(data, { recursive: true });
  });

  it('is a hash with a random key of that day, and never what was hashed', async () => {
    await node.stop();
    const rows = await ledgers();
    const keys = rows.filter(({ key }) => key.startsWith(KEYS_OF_DAYS));
    expect(rows.length).to.be.greaterThan(keys.length);
    expect(keys).to.have.length(1);
    for (const { value } of keys) expect(value).to.have.length(16);
    for (const reader of [READER, OTHER_READER])
      expect(await foundInData(tracesOf(reader), data)).to.deep.equal([]);
    await start();
  });

  it('is another one in another data folder, for the same reader on the same day', async () => {
    await node.stop();
    const first = (await ledgers()).map(({ value }) => value.toString('hex'));
    await rm(data, { recursive: true });
    data = await temporaryDirectory();
    clock = new TestClock(NOON + HOUR_MS);
    await start();
    await node.catalogue.put(Array.from({ length: 50 }, (_, n) => aPut(n)));
    for (let n = 0; n < 50; n++) await track(n, n % 2 === 0 ? READER : OTHER_READER);
    await node.stop();
    const second = (await ledgers()).map(({ value }) => value.toString('hex'));
    expect(second.filter((value) => first.includes(value))).to.deep.equal([]);
    await start();
  });

  it('is nowhere on the disk when the day is closed, three days after its end; the counts are', async () => {
    await node.stop();
    const keys = (await ledgers()).filter(({ key }) => key.startsWith(KEYS_OF_DAYS));
    const secrets = new Map(keys.map(({ key, value }) => [key, value]));
    const onDisk = async (): Promise<string[]> => {
      const all: string[] = [];
      for (const { bytes } of await filesIn(data)) all.push(...found(secrets, bytes));
      return [...new Set(all)];
    };
    // What it looks like while the day is open: so the search finds what there is.
    expect(await onDisk()).to.deep.equal([...secrets.keys()]);
    await start();
    expect(await onDisk()).to.deep.equal([...secrets.keys()]);

    // Two days after the end of the day it is still there: events that come late are held against it.
    clock.advance(NOON + 59 * HOUR_MS - clock.now());
    await node.stop();
    await start();
    await node.stop();
    expect(await onDisk()).to.deep.equal([...secrets.keys()]);
    await start();
    await until('the key of the day is gone from the disk', async () => {
      clock.advance(HOUR_MS);
      return (await onDisk()).length === 0;
    });
    expect(clock.now() - NOON).to.be.lessThan(6 * 24 * HOUR_MS);
    const late = await track(1, READER);
    expect(late.status).to.equal(422);
    expect(((await late.json()) as { code: string }).code).to.equal('USAGE_DAY_CLOSED');
    await node.stop();
    expect(await ledgers()).to.deep.equal([]);
    await start();
    const usage = await (
      await fetch(`${node.url}/usage`, { headers: { accept: 'application/ld+json' } })
    ).text();
    expect(usage).to.match(/[rR]equests":\s*50\b/);
  });

  it('is not in the log, at its most detailed', async () => {
    // Also what goes wrong: an unknown item, a time to come, half an address, another version.
    await track(99, READER);
    await fetch(
      `${node.url}/tracker?url_ver=1&req_id=${READER.address}&req_dat=${encodeURIComponent(READER.userAgent)}`,
    );
    await fetch(`${node.url}/tracker`, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'user-agent': READER.userAgent,
        'x-forwarded-for': READER.address,
      },
      body: `url_ver=Z39.88-2004&req_id=${READER.address}x\n`.repeat(10),
    });
    expect(log.join('')).to.contain('usage events are refused');
    for (const reader of [READER, OTHER_READER])
      expect(found(tracesOf(reader), Buffer.from(log.join('')))).to.deep.equal([]);
  });
});
