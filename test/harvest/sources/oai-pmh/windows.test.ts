import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  afterFailure,
  afterGivingUp,
  afterReading,
  DAY,
  firstWindows,
  nextWindow,
  SECOND,
  shareRead,
  type TimeLine,
  type Window,
  type Windows,
} from '../../../../node/harvest/sources/oai-pmh/windows.ts';

const START = Date.UTC(2010, 0, 1);

/** A repository that has so many records at each unit behind its start, and bears so many in one list. */
interface Simulated {
  line: TimeLine;
  /** Units at which it has records, from its start on; behind the end too, and before the start. */
  units: number[];
  most: number;
  /** A unit that it fails over. */
  poison: number | undefined;
}

interface Walked {
  read: Window[];
  givenUp: Window[];
  failures: number;
  sizes: number[];
}

const isIn = (time: number, { from = -Infinity, until = Infinity }: Window): boolean =>
  time >= from && time <= until;

function walk({ line, units, most, poison }: Simulated): Walked {
  const walked: Walked = { read: [], givenUp: [], failures: 0, sizes: [] };
  const times = units.map((unit) => START + unit * line.unit);
  const bad = poison === undefined ? undefined : START + poison * line.unit;
  let windows: Windows | undefined = firstWindows(line, { start: START });
  for (let steps = 0; windows !== undefined; steps += 1) {
    if (steps > 20_000) throw new Error('it does not come to an end');
    // What is written down is all that there is of it.
    windows = JSON.parse(JSON.stringify(windows)) as Windows;
    const window = nextWindow(windows, line);
    const held = times.filter((time) => isIn(time, window)).length;
    if (held <= most && (bad === undefined || !isIn(bad, window))) {
      walked.read.push(window);
      walked.sizes.push(windows.size);
      windows = afterReading(windows, window, line, held);
      continue;
    }
    walked.failures += 1;
    const smaller = afterFailure(windows, window, line.unit);
    if (smaller === undefined) {
      walked.givenUp.push(window);
      windows = afterGivingUp(windows, window, line.unit, { regain: true });
    } else windows = smaller;
  }
  return walked;
}

const simulated = fc.record({
  unit: fc.constantFrom(SECOND, DAY),
  span: fc.integer({ min: 0, max: 4_000 }),
  units: fc.array(fc.integer({ min: -50, max: 4_050 }), { maxLength: 200 }),
  most: fc.integer({ min: 1, max: 60 }),
  poison: fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: undefined }),
});

describe('windows of time', () => {
  it('cover all of time but what is given up, whatever fails, and come to an end', () => {
    fc.assert(
      fc.property(simulated, ({ unit, span, units, most, poison }) => {
        const line = { unit, end: START + span * unit };
        const { read, givenUp } = walk({ line, units, most, poison });
        for (const n of units) {
          const time = START + n * unit;
          expect(
            [...read, ...givenUp].some((window) => isIn(time, window)),
            String(n),
          ).to.equal(true);
        }
        // Between the ends, what is given up is as small as can be.
        for (const { from, until } of givenUp) {
          if (from !== undefined && until !== undefined) expect(until).to.equal(from);
        }
        if (poison !== undefined && poison < span) {
          expect(givenUp.some((window) => isIn(START + poison * unit, window))).to.equal(true);
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('follow one another, each from the last unit of the one before, between an open first and an open last', () => {
    const line = { unit: DAY, end: START + 1_000 * DAY };
    const { read, failures } = walk({ line, units: [], most: 1, poison: undefined });
    expect(failures).to.equal(0);
    expect(read[0]).to.deep.equal({ until: START });
    expect(read.at(-1)).to.deep.equal({ from: line.end });
    for (const [i, { from }] of read.entries()) if (i > 0) expect(from).to.equal(read[i - 1]?.until);
  });

  it('grow as long as nothing fails', () => {
    const line = { unit: SECOND, end: START + 10 * 365 * DAY };
    const { read } = walk({ line, units: [], most: 1, poison: undefined });
    expect(read.length).to.be.lessThan(12);
  });

  it('come upon one bad second in ten years in few requests, and are large again behind it', () => {
    const line = { unit: SECOND, end: START + 10 * 365 * DAY };
    const poison = 5 * 365 * 86_400 + 4_321;
    const { read, givenUp, failures } = walk({ line, units: [], most: 1, poison });
    const at = START + poison * SECOND;
    expect(givenUp).to.deep.equal([{ from: at, until: at }]);
    expect(failures).to.be.lessThan(25);
    expect(read.length).to.be.lessThan(60);
  });

  it('settle at a size that is borne, and try a larger one now and then', () => {
    const line = { unit: DAY, end: START + 4_000 * DAY };
    const units = Array.from({ length: 4_000 }, (_, i) => i);
    const { read, givenUp, failures, sizes } = walk({ line, units, most: 25, poison: undefined });
    expect(givenUp).to.deep.equal([]);
    expect(Math.max(...sizes)).to.be.lessThan(31);
    expect(failures).to.be.lessThan(read.length / 3);
  });

  it('learn from how far a list came, where the records lie', () => {
    const line = { unit: SECOND, end: START + 10 * 365 * DAY };
    const low = START + 2 * 365 * DAY;
    // A migration dated everything within three hours of one day; of 1,500,000 records 600,000 were read.
    const reach = { records: 600_000, low, high: low + 3 * 3_600_000, size: 1_500_000 };
    let windows: Windows | undefined = {
      ...firstWindows(line, { start: START }),
      from: START,
      size: 10 * 365 * 86_400,
    };
    const failed = nextWindow(windows, line);
    windows = afterFailure(windows, failed, line.unit, reach);
    if (windows === undefined) throw new Error('it can be made smaller');
    expect(nextWindow(windows, line)).to.deep.equal({ from: START, until: low - SECOND });
    windows = afterReading(windows, nextWindow(windows, line), line, 1);
    if (windows === undefined) throw new Error('it was not the last');
    const next = nextWindow(windows, line);
    expect(next.from).to.equal(low - SECOND);
    expect((next.until ?? Infinity) - low).to.be.within(3_000_000, 3_600_000);
  });

  it('tell how much of the time has been read', () => {
    const end = START + 100 * DAY;
    const windows = firstWindows({ unit: DAY, end }, { start: START });
    expect(shareRead(windows, end)).to.equal(0);
    expect(shareRead({ ...windows, from: START + 25 * DAY }, end)).to.equal(0.25);
    expect(shareRead({ ...windows, from: end + DAY }, end)).to.equal(1);
  });
});
