import { expect } from 'chai';
import fc from 'fast-check';
import { cleanDate, RepairLog } from '../../../vocab/cleaning/index.ts';

describe('a date', () => {
  const cases: [
    written: string,
    date: string | undefined,
    repair?: 'DATE_READ' | 'DATE_IMPOSSIBLE' | 'DATE_REFUSED',
  ][] = [
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
    ['1º de mayo de 2010', '2010-05-01', 'DATE_READ'],
    ['1er mai 2010', '2010-05-01', 'DATE_READ'],
    ['1 de novembro de 2010', '2010-11-01', 'DATE_READ'],
    ['12. Dezember 2010', '2010-12-12', 'DATE_READ'],
    ['12-May-2010', '2010-05-12', 'DATE_READ'],
    ['Wed, 12 May 2010 10:15:00 GMT', '2010-05-12', 'DATE_READ'],
    ['May 12-14, 2010', '2010-05-12', 'DATE_READ'],
    ['12.V.2010', '2010-05-12', 'DATE_READ'],
    ['3 XII 1998', '1998-12-03', 'DATE_READ'],
    ['2010年5月12日', '2010-05-12', 'DATE_READ'],
    ['2010年', '2010', 'DATE_READ'],
    ['fév. 2010', '2010-02', 'DATE_READ'],
    ['Setiembre 2010', '2010-09', 'DATE_READ'],
    ['2010-05-12 10:15', '2010-05-12'],
    ['2010-5-2', '2010-05-02', 'DATE_READ'],
    ['©2010', '2010', 'DATE_READ'],
    ['p2010', '2010', 'DATE_READ'],
    ['[2010?]', '2010', 'DATE_READ'],
    ['publ. 2010', '2010', 'DATE_READ'],
    // Of spans the beginning
    ['2010-2012', '2010', 'DATE_READ'],
    ['2010-05/2010-08', '2010-05', 'DATE_READ'],
    ['2010-05-01/2010-06-01', '2010-05-01', 'DATE_READ'],
    ['May-June 2010', '2010-05', 'DATE_READ'],
    ['Winter 2010/11', '2010', 'DATE_READ'],
    ['primavera de 2010', '2010', 'DATE_READ'],
    ['2010-W05', '2010', 'DATE_READ'],
    // Not more precise than they tell
    ['4/5/2010', '2010', 'DATE_READ'],
    ['2009/2010', '2009', 'DATE_READ'],
    // Impossible in part
    ['2010-02-30', '2010-02', 'DATE_IMPOSSIBLE'],
    ['30 February 2010', '2010-02', 'DATE_IMPOSSIBLE'],
    ['20230230', '2023-02', 'DATE_IMPOSSIBLE'],
    ['2011-02-29', '2011-02', 'DATE_IMPOSSIBLE'],
    ['2010-13', '2010', 'DATE_IMPOSSIBLE'],
    ['2010-00-00', '2010', 'DATE_READ'],
    // Impossible
    ['0000', undefined, 'DATE_REFUSED'],
    ['0000-00-00', undefined, 'DATE_REFUSED'],
    ['9999-12-31', undefined, 'DATE_REFUSED'],
    ['n.d.', undefined, 'DATE_REFUSED'],
    ['in press', undefined, 'DATE_REFUSED'],
    ['12', undefined, 'DATE_REFUSED'],
    ['0001-01-01', undefined, 'DATE_REFUSED'],
    ['3010', undefined, 'DATE_REFUSED'],
    ['12/05/10', undefined, 'DATE_REFUSED'],
    ["May '98", undefined, 'DATE_REFUSED'],
    ['19--', undefined, 'DATE_REFUSED'],
    ['s.d.', undefined, 'DATE_REFUSED'],
    ['forthcoming', undefined, 'DATE_REFUSED'],
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
