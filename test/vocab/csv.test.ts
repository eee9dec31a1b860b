import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvHead, csvLine, tsvHead, tsvLine } from '../../vocab/csv.ts';

describe('CSV', () => {
  it('begins with a byte order mark, and its lines end as RFC 4180 says', () => {
    expect(csvHead(['a', 'b'])).to.equal('\ufeffa,b\r\n');
    expect(csvLine(['x', undefined, 7, -7])).to.equal('x,,7,-7\r\n');
  });

  it('defuses what a spreadsheet would take for a formula', () => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '\uff1d', '\uff0b', '\uff0d', '\uff20'])
      expect(parse(csvLine([`${sign}cmd()`]))).to.deep.equal([[`'${sign}cmd()`]]);
  });

  it('says the same to who reads it again, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }), (cells) => {
        // oxlint-disable-next-line no-control-regex -- these are what it is about
        const safe = cells.map((cell) =>
          /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell,
        );
        expect(parse(csvLine(cells))).to.deep.equal([safe]);
      }),
    );
  });
});

describe('tab-separated values', () => {
  it('have one line and as many cells as were given, whatever the text', () => {
    expect(tsvHead(['a', 'b'])).to.equal('\ufeffa\tb\r\n');
    expect(tsvLine(['=x\ty', undefined, -7, '"'])).to.equal('\'=x y\t\t-7\t"\r\n');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const line = tsvLine(cells);
        expect(line.match(/[\r\n]+/g)).to.deep.equal(['\r\n']);
        expect(line.split('\t')).to.have.length(cells.length);
      }),
    );
  });
});
