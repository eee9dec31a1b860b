import { expect } from 'chai';
import { Registry } from 'prom-client';
import { DAY_MS, SLOT_MS } from '../../../node/assessment/probes/day-sheet.ts';
import type { Endpoint } from '../../../node/assessment/probes/endpoint.ts';
import { Probes } from '../../../node/assessment/probes/index.ts';
import { endpointKey, sheetKey } from '../../../node/assessment/probes/layout.ts';
import { OutboundError } from '../../../node/outbound/index.ts';
import type { Section } from '../../../node/store/index.ts';
import { MemoryDisk } from '../../federation/faults/memory-disk.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const START = Date.UTC(2026, 0, 1);
const IDENTIFY =
  '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><Identify><repositoryName>R</repositoryName></Identify></OAI-PMH>';
const one: Endpoint = { name: 'one', kind: 'oai-pmh', address: 'https://one.example/oai?set=x' };
const two: Endpoint = { name: 'two', kind: 'page', address: 'https://two.example/' };
const local: Endpoint = { name: 'local', kind: 'oai-pmh', address: 'http://127.0.0.1:8080/oai' };

type Answer = () => Response | Promise<Response>;
const ok: Answer = () => new Response(IDENTIFY);
const unreachable: Answer = () => {
  throw new OutboundError('OUTBOUND_FAILED', 'nothing: ECONNRESET');
};
const noNetwork: Answer = () => {
  throw new OutboundError('OUTBOUND_UNKNOWN_HOST', 'leads nowhere (EAI_AGAIN)');
};

/** What a request ends with when it is no longer wanted. */
const ended = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

describe('the probes', () => {
  let clock: TestClock;
  let section: Section;
  let probes: Probes;
  let answers: Map<string, Answer>;
  let asked: { at: number; address: string }[];
  let busy: Map<string, number>;
  let metrics: Registry;

  const open = async (endpoints: readonly Endpoint[]): Promise<void> => {
    metrics = new Registry();
    probes = await Probes.open({
      endpoints,
      section,
      metrics,
      clock,
      log: silentLog,
      fetch: async (address, init) => {
        const { host } = new URL(address);
        asked.push({ at: clock.now(), address });
        busy.set(host, (busy.get(host) ?? 0) + 1);
        expect(busy.get(host), 'one at a time per host').to.equal(1);
        await new Promise((resolve) => setImmediate(resolve));
        busy.set(host, 0);
        return await Promise.race([(answers.get(host) ?? ok)(), ended(init?.signal)]);
      },
    });
    probes.start();
  };

  /** Lets time pass in small steps, in which everybody gets to do what is due. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 10_000) {
      clock.advance(Math.min(10_000, left));
      for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const since = (from: number) => probes.endpoints({ from, to: clock.now() });
  const counted = (name: string): number[] => {
    const { up, known } = since(START).find((endpoint) => endpoint.name === name)?.availability ?? {
      up: NaN,
      known: NaN,
    };
    return [up, known];
  };

  beforeEach(() => {
    clock = new TestClock(START - SLOT_MS);
    section = new MemoryDisk(() => undefined).open().section('probes');
    answers = new Map();
    asked = [];
    busy = new Map();
  });
  afterEach(() => probes.stop());

  it('ask each endpoint once in five minutes, those of one host one after another', async () => {
    const other: Endpoint = { ...one, name: 'other', address: 'https://one.example/sword' };
    await open([one, other, two]);
    await pass(4 * SLOT_MS + 1);
    await pass(SLOT_MS - 1);
    expect(counted('one')).to.deep.equal([20, 20]);
    expect(counted('other')).to.deep.equal([20, 20]);
    expect(counted('two')).to.deep.equal([20, 20]);
    expect(asked).to.have.length(12);
    expect(asked.find(({ address }) => address.includes('/oai'))?.address).to.equal(
      'https://one.example/oai?set=x&verb=Identify',
    );
  });

  it('do not all ask at once, nor always at the same time', async () => {
    await open([one, two]);
    await pass(5 * SLOT_MS);
    expect(new Set(asked.map(({ at }) => at % SLOT_MS)).size).to.be.greaterThan(3);
  });

  it('know an endpoint that is down, after asking twice', async () => {
    answers.set('one.example', () => new Response('Maintenance', { status: 503 }));
    await open([one, two]);
    await pass(2 * SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 5]);
    expect(counted('two')).to.deep.equal([5, 5]);
    expect(asked.filter(({ address }) => address.includes('one.example'))).to.have.length(2);
    expect(since(START)[0]?.last).to.deep.include({ isUp: false, reason: 'HTTP 503' });
    const figures = await metrics.metrics();
    expect(figures).to.contain('ngr_endpoint_up{endpoint="one"} 0');
    expect(figures).to.contain('ngr_endpoint_up{endpoint="two"} 1');
    expect(figures).to.contain('ngr_endpoint_availability_ratio{endpoint="two"} 1');
    expect(figures).to.contain('ngr_own_line_suspected 0');
  });

  it('forgive one lost answer, and what only asks to be left in peace', async () => {
    let first = true;
    answers.set('one.example', () => {
      if (!first) return new Response('', { status: 429 });
      first = false;
      return unreachable();
    });
    await open([one]);
    await pass(3 * SLOT_MS);
    expect(counted('one')).to.deep.equal([10, 10]);
  });

  it('take for down what answers, but not to Identify', async () => {
    answers.set('one.example', () => new Response('<html>We are moving.</html>'));
    await open([one]);
    await pass(2 * SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 5]);
  });

  it('do not know what may not be asked from here', async () => {
    answers.set('one.example', () => {
      throw new OutboundError('OUTBOUND_PRIVATE_ADDRESS', 'is private');
    });
    await open([one]);
    await pass(2 * SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 0]);
  });

  it('suspect the own line where nobody answers, count nothing, and tell', async () => {
    for (const host of ['one.example', 'two.example']) answers.set(host, unreachable);
    await open([one, two, local]);
    await pass(3 * SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 0]);
    expect(counted('local')).to.deep.equal([10, 10]);
    expect(probes.lineSuspectedSince).to.equal(START);
    expect(probes.minutesWithoutLine({ from: START, to: clock.now() })).to.equal(10);
    expect(await metrics.metrics()).to.contain('ngr_own_line_suspected 1');
    answers.clear();
    await pass(SLOT_MS);
    expect(probes.lineSuspectedSince).to.equal(undefined);
    expect(counted('one')).to.deep.equal([5, 5]);
  });

  it('of a single host suspect the line only where the fault is at this end', async () => {
    answers.set('one.example', unreachable);
    await open([one]);
    await pass(2 * SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 5]);
    answers.set('one.example', noNetwork);
    await pass(SLOT_MS);
    expect(counted('one')).to.deep.equal([0, 5]);
    expect(probes.lineSuspectedSince).to.equal(START + SLOT_MS);
  });

  it('go on after a restart; what was missed is not known', async () => {
    await open([one]);
    await pass(3 * SLOT_MS);
    await probes.stop();
    clock.advance(6 * SLOT_MS);
    await open([one]);
    await pass(3 * SLOT_MS);
    expect(counted('one')).to.deep.equal([20, 20]);
    const { all } = since(START)[0]?.availability ?? { all: 0 };
    expect(all).to.be.greaterThan(40);
  });

  it('know nothing of a slot in the middle of which they were stopped', async () => {
    answers.set(
      'one.example',
      () => new Promise((_, reject) => setImmediate(() => reject(new Error('gone')))),
    );
    await open([one]);
    await pass(SLOT_MS + 10_000);
    await until('it is asked', async () => {
      if (asked.length === 0) await pass(10_000);
      return asked.length > 0;
    });
    await probes.stop();
    expect(counted('one')).to.deep.equal([0, 0]);
    await open([one]);
    expect(counted('one')).to.deep.equal([0, 0]);
  });

  it('ask again where the clock was set back', async () => {
    await open([one]);
    await pass(3 * SLOT_MS);
    expect(counted('one')).to.deep.equal([10, 10]);
    clock.advance(-2 * SLOT_MS);
    answers.set('one.example', () => new Response('', { status: 500 }));
    // Who sleeps until a time of before is woken by it.
    await pass(4 * SLOT_MS);
    const [up = 0, known = 0] = counted('one');
    expect(known).to.be.greaterThan(5);
    expect(up).to.be.lessThan(known);
  });

  it('keep 400 days, and nothing of a day to come', async () => {
    const today = START / DAY_MS;
    const key = endpointKey(one.address);
    const days = [today - 500, today - 400, today - 399, today + 1, today + 30];
    for (const day of days) await section.put(sheetKey(key, day), new Uint8Array(72).fill(255));
    await section.put(sheetKey(endpointKey('https://gone.example/'), today - 450), new Uint8Array(72));
    // It runs when the day begins.
    clock = new TestClock(START - 2 * SLOT_MS);
    await open([one]);
    await pass(3 * SLOT_MS);
    const kept = (await section.keys().all()).map((name) => name.slice(-5));
    expect(kept.toSorted()).to.deep.equal(
      [today - 399, today - 1, today - 1, today, today, today + 1]
        .map((day) => String(day).padStart(5, '0'))
        .toSorted(),
    );
  });

  for (const [what, days] of [
    ['began long ago', -5_000],
    ['leapt ahead', 5_000],
  ] as const)
    it(`keep a year also where the clock ${what}, and is put right within a day`, async () => {
      const today = START / DAY_MS;
      const key = endpointKey(one.address);
      for (const day of [today - 300, today - 1])
        await section.put(sheetKey(key, day), new Uint8Array(72).fill(255));
      clock.advance(days * DAY_MS);
      await open([one]);
      await pass(3 * SLOT_MS);
      clock.advance(-days * DAY_MS);
      await pass(3 * SLOT_MS);
      const kept = (await section.keys().all()).map((name) => Number(name.slice(-5)));
      expect(kept)
        .to.include(today - 300)
        .and.to.include(today - 1);
    });

  it('leave what hangs at the end of its slot', async () => {
    answers.set('one.example', () => new Promise(() => undefined));
    await open([one, two]);
    await pass(2 * SLOT_MS + 20_000);
    expect(counted('two')[1]).to.be.greaterThan(0);
    expect(counted('one')).to.deep.equal([0, 0]);
  });
});
