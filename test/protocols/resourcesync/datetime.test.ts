import { expect } from 'chai';
import fc from 'fast-check';
import { timeSpan } from '../../../protocols/resourcesync/index.ts';

const iso = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '' : new Date(milliseconds).toISOString();

describe('a W3C Datetime', () => {
  const forms: readonly (readonly [text: string, first: string, last: string])[] = [
    ['2013', '2013-01-01T00:00:00.000Z', '2013-12-31T23:59:59.999Z'],
    ['2012-02', '2012-02-01T00:00:00.000Z', '2012-02-29T23:59:59.999Z'],
    ['2013-12', '2013-12-01T00:00:00.000Z', '2013-12-31T23:59:59.999Z'],
    ['2013-01-03', '2013-01-03T00:00:00.000Z', '2013-01-03T23:59:59.999Z'],
    ['2013-01-03T09:00Z', '2013-01-03T09:00:00.000Z', '2013-01-03T09:00:59.999Z'],
    ['2013-01-03T09:00:00Z', '2013-01-03T09:00:00.000Z', '2013-01-03T09:00:00.999Z'],
    ['2013-01-03T09:00:00.5Z', '2013-01-03T09:00:00.500Z', '2013-01-03T09:00:00.500Z'],
    ['2013-01-03T09:00:00.123456789Z', '2013-01-03T09:00:00.123Z', '2013-01-03T09:00:00.123Z'],
    ['2013-01-03T09:00:00+02:00', '2013-01-03T07:00:00.000Z', '2013-01-03T07:00:00.999Z'],
    ['2013-01-03T23:30:00-0530', '2013-01-04T05:00:00.000Z', '2013-01-04T05:00:00.999Z'],
    [' 2013-01-03T09:00:00 ', '2013-01-03T09:00:00.000Z', '2013-01-03T09:00:00.999Z'],
    ['0099', '0099-01-01T00:00:00.000Z', '0099-12-31T23:59:59.999Z'],
  ];
  for (const [text, first, last] of forms) {
    it(`“${text}” is from ${first} to ${last}`, () => {
      const span = timeSpan(text);
      expect([iso(span?.first), iso(span?.last)]).to.deep.equal([first, last]);
    });
  }

  for (const text of [
    '',
    'now',
    '2013-13',
    '2013-00-01',
    '2013-02-29',
    '2013-01-03T24:00Z',
    '03.01.2013',
    '20130103',
    '2013-01-03 09:00:00',
  ]) {
    it(`“${text}” is none`, () => {
      expect(timeSpan(text)).to.equal(undefined);
    });
  }

  it('is read to the millisecond in the form that the standard recommends', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) }), (time) => {
        expect(timeSpan(iso(time))).to.deep.equal({ first: time, last: time });
      }),
      { seed: 3 },
    );
  });
});
