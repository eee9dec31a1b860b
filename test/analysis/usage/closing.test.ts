import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { all } from '../../support/all.ts';
import { codeOf } from '../../support/code-of.ts';
import { aUsage, DAY, FIREFOX, four, NOW, type UsageFixture } from './usage-fixture.ts';

const ALL_DAYS = { from: '1990-01-01', to: '2026-12-31' };

describe('a day', () => {
  let fixture: UsageFixture;
  beforeEach(async () => {
    fixture = await aUsage();
  });
  afterEach(() => fixture.close());

  const openDays = async (): Promise<string[]> =>
    (await all(fixture.usage.days(ALL_DAYS))).filter(({ isOpen }) => isOpen).map(({ day }) => day);

  it('is open until three days after its end, and takes what comes late', async () => {
    await fixture.hit();
    await fixture.pass(3.5 * DAY - 1);
    expect(await openDays()).to.deep.equal(['2026-11-21']);
    expect(await fixture.hit({ time: NOW, address: '192.0.2.2' })).to.equal('counted');
    expect(await fixture.countsOf()).to.deep.equal([2, 2, 0, 0]);
  });

  it('is closed then, and refuses what comes later', async () => {
    await fixture.hit();
    await fixture.pass(3.5 * DAY);
    expect(await openDays()).to.deep.equal([]);
    const late = fixture.event({ time: NOW, address: '192.0.2.2' });
    expect(await codeOf(fixture.usage.record(late))).to.equal('USAGE_DAY_CLOSED');
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    await fixture.restart();
    expect(await codeOf(fixture.usage.record(late))).to.equal('USAGE_DAY_CLOSED');
    expect(await fixture.countsOf()).to.deep.equal([1, 1, 0, 0]);
    const [month] = await fixture.usage.months();
    expect(month).to.include({ days: 1, openDays: 0 });
  });

  it('of long ago is open for as long after the last that came for it, so that old logs can be read in', async () => {
    const old = Date.UTC(2025, 2, 4, 10);
    await fixture.hit({ time: old });
    await fixture.pass(2 * DAY);
    expect(await fixture.hit({ time: old, address: '192.0.2.2' })).to.equal('counted');
    await fixture.pass(3 * DAY - 5_000);
    expect(await openDays()).to.deep.equal(['2025-03-04']);
    await fixture.pass(5_000);
    expect(await openDays()).to.deep.equal([]);
    expect(await codeOf(fixture.hit({ time: old }))).to.equal('USAGE_DAY_CLOSED');
  });

  it('is counted for the last time when it is closed', async () => {
    const usage = fixture.fresh({ windowDays: 1, countEveryMs: 10 * DAY });
    await usage.record(fixture.event());
    await fixture.pass(10 * DAY, usage);
    const [day] = await all(usage.days(ALL_DAYS));
    expect(day).to.include({ day: '2026-11-21', isOpen: false });
    expect(four(day?.metrics ?? (await usage.counts('')))).to.deep.equal([1, 1, 0, 0]);
  });

  it('of which only the next one’s first half minute is known is not closed by that', async () => {
    const midnight = Date.UTC(2026, 10, 21);
    await fixture.hit({ time: midnight + 10_000 });
    await fixture.pass(10 * DAY);
    expect(await codeOf(fixture.hit({ time: midnight + 20_000 }))).to.equal('USAGE_DAY_CLOSED');
    expect(await fixture.hit({ time: midnight - DAY / 2 })).to.equal('counted');
    expect(await fixture.usage.months()).to.have.length(1);
  });

  it('that is open keeps a hash of its users; a closed one nothing, in no file of the store', async () => {
    const lines: string[] = [];
    const { test, clock } = fixture;
    const section = test.store.section('kept');
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const usage = new Usage({ section, catalogue: test.catalogue, clock, log });
    const events = [...Array(300).keys()].map((i) =>
      fixture.event({ address: `203.0.113.${i % 250}`, time: NOW - i * 60_000 }),
    );
    for (const event of events) await usage.record(event);
    await usage.take(events);
    await codeOf(usage.record(fixture.event({ key: 'unknown', address: '203.0.113.77' })));
    await usage.months();
    const secrets: Buffer[] = [];
    for await (const [key, value] of section.iterator({ gt: 'l', lt: 'm' }))
      for (let at = key.startsWith('lk') ? 0 : 4; at + 8 <= value.length; at += 16)
        secrets.push(Buffer.from(value.slice(at, at + (key.startsWith('lk') ? 16 : 8))));
    expect(secrets.length).to.be.greaterThan(200);
    const files = await bytesIn(join(test.directory, 'store'));
    expect(secrets.filter((secret) => files.includes(secret)).length).to.be.greaterThan(200);

    await fixture.pass(5 * DAY, usage);
    expect(await section.keys({ gt: 'l', lt: 'm' }).all()).to.deep.equal([]);
    const left = await bytesIn(join(test.directory, 'store'));
    expect(secrets.filter((secret) => left.includes(secret))).to.deep.equal([]);
    for (const text of [left, Buffer.from(lines.join('')), files])
      for (const personal of ['203.0.113.', 'Firefox', FIREFOX])
        expect(text.includes(personal)).to.equal(false);
    expect((await usage.months()).map(({ metrics }) => metrics.totalInvestigations)).to.deep.equal([300]);
  });
});

async function bytesIn(directory: string): Promise<Buffer> {
  const names = await readdir(directory);
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(directory, name)))));
}
