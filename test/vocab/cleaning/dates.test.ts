import { expect } from 'chai';
import fc from 'fast-check';
import { cleanDate, RepairLog } from '../../../vocab/cleaning/index.ts';

describe('a date', () => {
  const cases: [written: string, date: string | undefined, repair?: 'DATE_READ' | 'DATE_REFUSED'][] = [
    ['2010', '2010'],
    ['2010-05', '2010-05'],
    ['2010-05-04', '2010-05-04'],
    ['2010-05-04T12:00:00Z', '2010-05-04'],
    [' 2010 ', '2010'],
    ['2012-02-29', '2012-02-29'],
    // In forms of their own
    ['2010/05/04', '2010-05-04', 'DATE_READ'],
    ['20150630', '2015-06-30', 'DATE_READ'],
    ['04.05.2010', '2010-05-04', 'DATE_READ'],
    ['31/12/2010', '2010-12-31', 'DATE_READ'],
    ['12/31/2010', '2010-12-31', 'DATE_READ'],
    ['05/2010', '2010-05', 'DATE_READ'],
    ['12 May 2010', '2010-05-12', 'DATE_READ'],
    ['June 2nd, 2003', '2003-06-02', 'DATE_READ'],
    ['mayo de 2010', '2010-05', 'DATE_READ'],
    ['15 août 1999', '1999-08-15', 'DATE_READ'],
    ['3 de março de 2004', '2004-03-03', 'DATE_READ'],
    ['März 2004', '2004-03', 'DATE_READ'],
    ['[c2010]', '2010', 'DATE_READ'],
    ['ca. 1890', '1890', 'DATE_READ'],
    ['Spring 2010', '2010', 'DATE_READ'],
    // Not more precise than they tell
    ['4/5/2010', '2010', 'DATE_READ'],
    ['2009/2010', '2009', 'DATE_READ'],
    // Impossible in part
    ['2010-02-30', '2010-02', 'DATE_READ'],
    ['2011-02-29', '2011-02', 'DATE_READ'],
    ['2010-13', '2010', 'DATE_READ'],
    ['2010-00-00', '2010', 'DATE_READ'],
    // Impossible
    ['0000', undefined, 'DATE_REFUSED'],
    ['0000-00-00', undefined, 'DATE_REFUSED'],
    ['9999-12-31', undefined, 'DATE_REFUSED'],
    ['n.d.', undefined, 'DATE_REFUSED'],
    ['in press', undefined, 'DATE_REFUSED'],
    ['12', undefined, 'DATE_REFUSED'],
  ];
  for (const [written, date, repair] of cases) {
    it(`“${written}” is ${date ?? 'refused'}`, () => {
      const log = new RepairLog();
      expect(cleanDate(written, log)).to.equal(date);
      expect(log.repairs.map(({ code }) => code)).to.deep.equal(repair === undefined ? [] : [repair]);
    });
  }

  it('that is none is nothing to repair', () => {
    const log = new RepairLog();
    expect(cleanDate('  ', log)).to.equal(undefined);
    expect(log.repairs).to.deep.equal([]);
  });

  it('of the calendar comes back as it went in', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom(4, 7, 10), (date, length) => {
        const written = date.toISOString().slice(0, length);
        expect(cleanDate(written, new RepairLog())).to.equal(written);
      }),
      { seed: 20261121 },
    );
  });

  it('is possible, whatever the text', () => {
    const scraps = fc.constantFrom('-', '/', '.', ' ', '2010', '31', '02', 'May', 'T', 'Z', '00', 'de', '1');
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 8 }), (parts) => {
        const date = cleanDate(parts.join(''), new RepairLog());
        if (date === undefined) return;
        expect(date).to.match(/^\d{4}(-\d{2}(-\d{2})?)?$/);
        expect(new Date(date).toISOString().slice(0, date.length)).to.equal(date);
      }),
      { seed: 20261121, numRuns: 1000 },
    );
  });
});
