import { expect } from 'chai';
import fc from 'fast-check';
import { OaiError, type OaiResponse, readOaiResponse } from '../../../protocols/oai-pmh/index.ts';
import { aPage } from './pages.ts';

const seed = 20261121;

function readOrRefuse(body: string | Uint8Array): OaiResponse | undefined {
  try {
    return readOaiResponse(body);
  } catch (error) {
    expect(error).to.be.instanceOf(OaiError);
    return undefined;
  }
}

/** One change of a page: somewhere, so many characters out, something in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.integer({ min: 0, max: 40 }),
  into: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      '</record>',
      '<record>',
      '<record><header>',
      '</ListRecords>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '\u0000',
      '\ufffe',
      '&lol;',
      '&#0;',
      '<resumptionToken/>',
      '<!DOCTYPE a [',
      '<?',
      '',
    ),
    fc.string({ maxLength: 5 }),
  ),
});

describe('a page spoilt at random', () => {
  it('is read or refused; each record that was left whole is read, or an issue tells of the damage', () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const page = aPage(numbers, { value: 'next' });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let body = page;
        for (const { at, out, into } of changes) {
          const index = Math.floor(at * body.length);
          body = body.slice(0, index) + into + body.slice(index + out);
        }
        const response = readOrRefuse(body);
        if (response === undefined || response.answer.verb === 'error') return;
        if (response.answer.verb !== 'ListRecords') return;
        const read = response.answer.records.length;
        expect(read).to.be.at.most(numbers.length + changes.length);
        const untouched = numbers.every(
          (n) => page.includes(`example:${n}<`) && body.includes(`example:${n}</identifier>`),
        );
        if (untouched && read < numbers.length) expect(response.issues).to.have.length.greaterThan(0);
        for (const { header } of response.answer.records) expect(header.identifier).to.not.equal('');
      }),
      { seed, numRuns: 1500 },
    );
  });

  it('in its bytes is read or refused', () => {
    const page = Buffer.from(aPage([1, 2, 3], { value: 'next' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(page.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const body = Buffer.from(page);
        for (const [at, byte] of changes) body[at] = byte;
        const response = readOrRefuse(body);
        if (response !== undefined) expect(response.issues).to.be.an('array');
      }),
      { seed, numRuns: 1500 },
    );
  });

  it('is read or refused when it is no page at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.uint8Array()),
        fc.option(fc.string(), { nil: null }),
        (body, contentType) => {
          try {
            readOaiResponse(body, { contentType });
          } catch (error) {
            expect(error).to.be.instanceOf(OaiError);
          }
        },
      ),
      { seed },
    );
  });

  // Each would take hours with a pattern that backtracks or a place that is counted anew; mocha's time limit is the test.
  for (const scrap of [
    '<record><header>',
    '<record ',
    '<record>',
    '</record>',
    '<a>',
    '<resumptionToken ',
    '<error code="',
    '<identifier>',
    ' ',
    '&',
    'xmlns:a="',
    '<!--',
    '<record><header></header></record>',
  ]) {
    it(`is refused in linear time when it repeats “${scrap}”`, () => {
      const run = scrap.repeat(Math.ceil(400_000 / scrap.length));
      for (const body of [
        run,
        `<OAI-PMH><ListRecords>${run}`,
        `<OAI-PMH>${run}</OAI-PMH>`,
        aPage([1]).replace('<record>', `${run}<record>`),
      ]) {
        readOrRefuse(body);
      }
      expect(run.length).to.be.at.least(400_000);
    });
  }
});
