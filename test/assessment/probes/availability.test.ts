import { expect } from 'chai';
import fc from 'fast-check';
import { availabilityOf, shareUp } from '../../../node/assessment/probes/availability.ts';
import {
  DAY_MS,
  dayOf,
  DaySheet,
  SLOT_MS,
  SLOTS_A_DAY,
  slotOf,
} from '../../../node/assessment/probes/day-sheet.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR_MS = 60 * 60_000;

/** Sheets of slots from the start on: `u` up, `d` down, `.` not known. */
function sheetsOf(pattern: string): Map<number, DaySheet> {
  const sheets = new Map<number, DaySheet>();
  for (const [i, letter] of pattern.split('').entries()) {
    const slot = slotOf(START) + i;
    const day = Math.floor(slot / SLOTS_A_DAY);
    const sheet = sheets.get(day) ?? new DaySheet();
    sheets.set(day, sheet);
    if (letter !== '.') sheet.mark(slot % SLOTS_A_DAY, letter === 'u');
  }
  return sheets;
}

const of = (pattern: string, maintenance: { from: number; to: number }[] = []) =>
  availabilityOf(sheetsOf(pattern), { from: START, to: START + pattern.length * SLOT_MS }, maintenance);

describe('a day’s sheet', () => {
  it('knows nothing at first, and then what was marked', () => {
    const sheet = new DaySheet();
    expect([0, 1, 287].map((slot) => sheet.at(slot))).to.deep.equal(['unknown', 'unknown', 'unknown']);
    sheet.mark(0, true);
    sheet.mark(287, false);
    expect([0, 1, 287].map((slot) => sheet.at(slot))).to.deep.equal(['up', 'unknown', 'down']);
    expect(sheet.count()).to.deep.equal({ known: 2, up: 1 });
    expect(sheet.bytes).to.have.length(72);
  });

  it('takes a slot for down where it was asked twice and one was down', () => {
    const sheet = new DaySheet();
    for (const [slot, answers] of [
      [1, [true, false]],
      [2, [false, true]],
      [3, [true, true]],
    ] as const)
      for (const isUp of answers) sheet.mark(slot, isUp);
    expect([1, 2, 3].map((slot) => sheet.at(slot))).to.deep.equal(['down', 'down', 'up']);
  });
});

describe('availability', () => {
  it('is what was up of what is known', () => {
    const { up, known, all } = of('uuud..uu');
    expect({ up, known, all }).to.deep.equal({ up: 25, known: 30, all: 40 });
    expect(shareUp({ up, known, all })).to.equal(25 / 30);
    expect(shareUp(of('....'))).to.equal(undefined);
  });

  it('lists outages, the longest first, over what is not known', () => {
    const { outages } = of('uduudd.du');
    expect(outages).to.deep.equal([
      { from: START + 4 * SLOT_MS, to: START + 8 * SLOT_MS, isOngoing: false },
      { from: START + SLOT_MS, to: START + 2 * SLOT_MS, isOngoing: false },
    ]);
    expect(of('udd.').outages).to.deep.equal([
      { from: START + SLOT_MS, to: START + 3 * SLOT_MS, isOngoing: true },
    ]);
    expect(of('du'.repeat(30)).outages).to.have.length(10);
  });

  it('leaves announced maintenance out, and whatever slot it touches', () => {
    const maintenance = [{ from: START + 2.5 * SLOT_MS, to: START + 4 * SLOT_MS }];
    const { up, known, all, outages } = of('uudddu', maintenance);
    expect({ up, known, all }).to.deep.equal({ up: 15, known: 20, all: 20 });
    expect(outages).to.deep.equal([{ from: START + 4 * SLOT_MS, to: START + 5 * SLOT_MS, isOngoing: false }]);
  });

  it('is told by month', () => {
    const pattern = 'u'.repeat(31 * SLOTS_A_DAY) + 'd'.repeat(9 * SLOTS_A_DAY);
    const { months } = of(pattern);
    expect(months).to.deep.equal([
      { month: '2026-01', up: 31 * 24 * 60, known: 31 * 24 * 60, all: 31 * 24 * 60 },
      { month: '2026-02', up: 0, known: 9 * 24 * 60, all: 9 * 24 * 60 },
    ]);
  });

  it('begins and ends where it is asked, within a day', () => {
    const sheets = sheetsOf('d'.repeat(SLOTS_A_DAY));
    const { known, all } = availabilityOf(sheets, { from: START + HOUR_MS, to: START + 3 * HOUR_MS });
    expect({ known, all }).to.deep.equal({ known: 120, all: 120 });
  });

  it('is the same by days as by slots, whatever happened', () => {
    const pattern = fc.array(fc.constantFrom('u', 'u', 'u', 'd', '.'), { minLength: 1, maxLength: 700 });
    fc.assert(
      fc.property(pattern, fc.nat(2), fc.nat(3 * DAY_MS), (letters, daysUp, later) => {
        const text = 'u'.repeat(daysUp * SLOTS_A_DAY) + letters.join('');
        const { up, known, all, outages, months } = of(text, [
          { from: START + later, to: START + later + HOUR_MS },
        ]);
        const counted = text.split('').filter((_, i) => {
          const time = START + i * SLOT_MS;
          return !(START + later < time + SLOT_MS && START + later + HOUR_MS > time);
        });
        expect(all).to.equal(counted.length * 5);
        expect(known).to.equal(counted.filter((letter) => letter !== '.').length * 5);
        expect(up).to.equal(counted.filter((letter) => letter === 'u').length * 5);
        expect(months.reduce((sum, month) => sum + month.known, 0)).to.equal(known);
        for (const { from, to } of outages) expect(to).to.be.greaterThan(from);
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  it('is told of a whole year', () => {
    const sheets = new Map<number, DaySheet>();
    for (let day = 0; day < 365; day += 1) {
      const sheet = new DaySheet();
      for (let slot = 0; slot < SLOTS_A_DAY; slot += 1) sheet.mark(slot, (day + slot) % 400 !== 0);
      sheets.set(dayOf(START) + day, sheet);
    }
    const { known, months } = availabilityOf(sheets, { from: START, to: START + 365 * DAY_MS });
    expect(known).to.equal(365 * 24 * 60);
    expect(months).to.have.length(12);
  });
});
