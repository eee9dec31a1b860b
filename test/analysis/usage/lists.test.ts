import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  MACHINE_BEHAVIOUR,
  readCountries,
  readRobotList,
  UsageError,
} from '../../../node/analysis/usage/index.ts';
import { aCountryDatabase } from '../../support/mmdb.ts';
import { aUsage, FIREFOX, four, type UsageFixture } from './usage-fixture.ts';

const COUNTER_LIST = new URL(
  '../../../../shared/data/counter-robots/COUNTER_Robots_list.json',
  import.meta.url,
).pathname;

describe('the lists that the operator gives', () => {
  let directory: string;
  let fixture: UsageFixture;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    fixture = await aUsage();
  });
  after(async () => {
    await fixture.close();
    await rm(directory, { recursive: true, force: true });
  });

  const file = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  };
  const errorOf = async (promise: Promise<unknown>): Promise<UsageError> => {
    try {
      await promise;
    } catch (error) {
      if (error instanceof UsageError) return error;
    }
    throw new Error('a UsageError was expected');
  };

  describe('of robots', () => {
    it('tell who is one, whatever the case', async () => {
      const path = await file(
        'robots.json',
        JSON.stringify([
          { pattern: 'bot' },
          { pattern: '^.?$', last_changed: '2017-08-08' },
          { pattern: '[^a]fish' },
        ]),
      );
      const { name, isRobot } = await readRobotList(path);
      expect(name).to.match(/^COUNTER [\da-f]{12}$/);
      expect(['Googlebot', 'SOMEBOT/1', '', 'x', 'Megafish, catfish'].map(isRobot)).to.deep.equal([
        true,
        true,
        true,
        true,
        true,
      ]);
      expect([FIREFOX, 'seafish'].map(isRobot)).to.deep.equal([false, false]);
      const usage = fixture.fresh({ robots: { name, isRobot } });
      expect(await usage.record(fixture.event({ userAgent: 'SomeBot' }))).to.equal('robot');
      expect(await usage.record(fixture.event({ userAgent: 'curl/8.5.0' }))).to.equal('counted');
    });

    it('have another name when they are changed', async () => {
      const one = await readRobotList(await file('one.json', '[{"pattern":"bot"}]'));
      const other = await readRobotList(await file('other.json', '[{"pattern":"bots"}]'));
      expect(one.name).not.to.equal(other.name);
    });

    it('are refused with what is wrong about them', async () => {
      const cases = [
        ['{"pattern":"bot"}', 'COUNTER'],
        ['[]', 'COUNTER'],
        ['[{"pattern":7}]', '0.pattern'],
        ['[{"pattern":"bot"},{"pattern":"(bot"}]', 'pattern 2, "(bot"'],
        ['not json', 'JSON'],
        [`[{"pattern":"${'x'.repeat(1_001)}"}]`, '0.pattern'],
        [' '.repeat(1_100_000), 'more than'],
      ] as const;
      for (const [content, words] of cases) {
        const error = await errorOf(readRobotList(await file('bad.json', content)));
        expect(error.code).to.equal('USAGE_BAD_ROBOTS');
        expect(error.message).to.include('bad.json').and.to.include(words);
      }
      expect((await errorOf(readRobotList(join(directory, 'none.json')))).message).to.include('none.json');
    });

    it('may be the one of COUNTER', async function () {
      if (!existsSync(COUNTER_LIST)) this.skip();
      const { isRobot } = await readRobotList(COUNTER_LIST);
      for (const robot of [
        'Googlebot/2.1 (+http://www.google.com/bot.html)',
        'curl/8.5.0',
        'Wget/1.21',
        'python-requests/2.31',
      ])
        expect(isRobot(robot), robot).to.equal(true);
      for (const person of [
        FIREFOX,
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1',
      ])
        expect(isRobot(person), person).to.equal(false);
    });
  });

  describe('of countries', () => {
    const networks = [
      { network: '192.0.2.0/24', data: { country: { iso_code: 'PE' } } },
      { network: '198.51.100.0/25', data: { country: 'BR' } },
      { network: '203.0.113.0/24', data: { country_code: 'MX', country: 'Mexico' } },
      { network: '2001:db8:0:0:0:0:0:0/32', data: { country: { iso_code: 'UY' } } },
      { network: '10.0.0.0/8', data: { city: 'Nowhere' } },
    ];

    it('tell where people are, and nothing more', async () => {
      const countries = await readCountries(await file('countries.mmdb', aCountryDatabase(networks)));
      const usage = fixture.fresh({ countries });
      const [, other = ''] = fixture.items;
      const from = (address: string, more = {}): Promise<string> =>
        usage.record(fixture.event({ address, ...more }));
      await from('192.0.2.1', { kind: 'request' });
      await from('192.0.2.1', { key: other });
      await from('198.51.100.7');
      await from('203.0.113.9');
      await from('2001:db8::1');
      for (const unknown of ['198.51.100.200', '10.1.2.3', '2001:db9::1', 'host.example'])
        await from(unknown);
      await from('192.0.2.3', { userAgent: 'Googlebot' });
      const month = await usage.month('2026-11');
      expect([...(month?.byCountry ?? [])].map(([code, metrics]) => [code, four(metrics)])).to.deep.equal([
        ['BR', [1, 1, 0, 0]],
        ['MX', [1, 1, 0, 0]],
        ['PE', [2, 2, 1, 1]],
        ['UY', [1, 1, 0, 0]],
        ['ZZ', [4, 4, 0, 0]],
      ]);
      expect(month?.metrics.totalInvestigations).to.equal(9);
    });

    it('are refused where they are no database', async () => {
      for (const content of ['', 'no database', Buffer.alloc(100_000)]) {
        const error = await errorOf(readCountries(await file('bad.mmdb', content)));
        expect(error.code).to.equal('USAGE_BAD_COUNTRIES');
        expect(error.message).to.include('bad.mmdb');
        expect(error.remedy).to.include('usage.countries');
      }
    });
  });
});

describe('machines', () => {
  let fixture: UsageFixture;
  before(async () => {
    fixture = await aUsage({ records: 12 });
  });
  after(() => fixture.close());

  const NIGHT = Date.UTC(2026, 10, 21);
  const totals = async (usage = fixture.usage): Promise<[human: number, machine: number]> => {
    const [month] = await usage.months();
    return [month?.metrics.totalInvestigations ?? 0, month?.machine.totalInvestigations ?? 0];
  };

  it('on the list are counted apart, with those that do not say what they are', async () => {
    const usage = fixture.fresh();
    for (const userAgent of ['Googlebot/2.1 (+http://www.google.com/bot.html)', 'curl/8.5.0', '', '  ', '-'])
      expect(await usage.record(fixture.event({ userAgent })), userAgent).to.equal('robot');
    await usage.record(fixture.event());
    // Without a name they are one: spaces are none either.
    expect(await totals(usage)).to.deep.equal([1, 4]);
    expect(four(await usage.counts(fixture.items[0] ?? ''))).to.deep.equal([1, 1, 0, 0]);
  });

  it('are told by more different items in an hour than anybody looks at, from the first one on', async () => {
    const usage = fixture.fresh({
      behaviour: { itemsAnHour: 10, itemsADay: 1_000, usesOfOneItem: 100, eventsTaken: 1_000 },
    });
    const look = (n: number, hour: number, address: string): Promise<string> =>
      usage.record(
        fixture.event({ key: fixture.items[n] ?? '', time: NIGHT + hour * 3_600_000 + n * 60_000, address }),
      );
    for (let n = 0; n < 10; n++) await look(n, 3, '192.0.2.1');
    await look(10, 4, '192.0.2.1');
    expect(await totals(usage)).to.deep.equal([11, 0]);
    await look(11, 3, '192.0.2.1');
    expect(await totals(usage)).to.deep.equal([0, 12]);
    await look(0, 3, '192.0.2.2');
    expect(await totals(usage)).to.deep.equal([1, 12]);
  });

  it('are told by more different items in a day', async () => {
    const usage = fixture.fresh({
      behaviour: { itemsAnHour: 100, itemsADay: 11, usesOfOneItem: 100, eventsTaken: 1_000 },
    });
    for (const [n, key] of fixture.items.entries()) {
      await usage.record(fixture.event({ key, time: NIGHT + Math.floor(n / 2) * 3_600_000 }));
      expect(await totals(usage)).to.deep.equal(n < 11 ? [n + 1, 0] : [0, 12]);
    }
  });

  it('are told by coming back to one item again and again; a double click does not count twice', async () => {
    const usage = fixture.fresh({
      behaviour: { itemsAnHour: 100, itemsADay: 100, usesOfOneItem: 5, eventsTaken: 1_000 },
    });
    for (let n = 0; n < 5; n++) {
      await usage.record(fixture.event({ time: NIGHT + n * 60_000 }));
      await usage.record(fixture.event({ time: NIGHT + n * 60_000 + 5_000 }));
    }
    expect(await totals(usage)).to.deep.equal([5, 0]);
    await usage.record(fixture.event({ time: NIGHT + 900_000 }));
    expect(await totals(usage)).to.deep.equal([0, 6]);
  });

  it('that flood the node are refused beyond a bound, and others are not', async () => {
    const usage = fixture.fresh({ behaviour: { ...MACHINE_BEHAVIOUR, eventsTaken: 500 } });
    const flood = Array.from({ length: 900 }, (_, n) =>
      fixture.event({ time: NIGHT + n * 40_000, userAgent: 'flood' }),
    );
    const [taken, other] = await Promise.all([
      usage.take(flood),
      usage.take([fixture.event(), fixture.event({ address: '192.0.2.2' })]),
    ]);
    expect([taken.taken, ...taken.refused]).to.deep.equal([500, ['USAGE_FLOOD', 400]]);
    expect(other.taken).to.equal(2);
    expect(await totals(usage)).to.deep.equal([2, 500]);
    expect(Object.fromEntries(usage.refusals())).to.deep.equal({ USAGE_FLOOD: 400 });
  });
});
