import { expect } from 'chai';
import fc from 'fast-check';
import { RECORD_FORMATS } from '../../node/http/records/formats.ts';
import { Negotiator } from '../../node/http/negotiation/negotiator.ts';
import { qualityList } from '../../node/http/negotiation/quality-list.ts';
import { BROWSER } from './support/a-site.ts';

describe('a header with quality values', () => {
  it('is read best first, in its own order among equals', () => {
    expect(qualityList('a/b;q=0.5, c/d, e/f;q=0.9;x=1, g/h')).to.deep.equal([
      { value: 'c/d', quality: 1 },
      { value: 'g/h', quality: 1 },
      { value: 'e/f', quality: 0.9 },
      { value: 'a/b', quality: 0.5 },
    ]);
  });

  it('may have commas and semicolons in quoted parameters', () => {
    expect(qualityList('application/ld+json;profile="a,b;q=0\\"";q=0.3')).to.deep.equal([
      { value: 'application/ld+json', quality: 0.3, profile: 'a,b;q=0\\' },
    ]);
  });

  it('is read as far as it can be, whatever stands in it', () => {
    expect(qualityList('text/html;q=2, , text/plain;q=x, a/b')).to.deep.equal([{ value: 'a/b', quality: 1 }]);
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (header) => {
        for (const { quality } of qualityList(header)) expect(quality).to.be.within(0, 1);
      }),
      { seed: 1 },
    );
  });
});

describe('choosing a format for a record', () => {
  const formats = new Negotiator(RECORD_FORMATS);
  const cases: [accept: string, type: string | undefined][] = [
    ['*/*', 'application/ld+json'],
    ['', undefined],
    [BROWSER, 'text/html'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', 'application/ld+json'],
    ['text/*', 'text/html'],
    ['text/xml', 'text/xml'],
    ['application/n-quads, text/html;q=0.9', 'application/n-quads'],
    ['text/html;q=0.4, application/xml;q=0.5', 'application/xml'],
    ['application/ld+json;q=0, */*', 'application/json'],
    ['application/*;q=0.1, text/html;q=0.2', 'text/html'],
    ['application/ld+json;profile="https://schema.org/"', 'application/ld+json'],
    ['text/turtle', 'text/turtle'],
    ['application/x-bibtex, */*;q=0.1', 'application/x-bibtex'],
    ['APPLICATION/N-QUADS', 'application/n-quads'],
    ['application/rdf+xml', undefined],
    ['*/*;q=0', undefined],
  ];
  for (const [accept, type] of cases) {
    it(`answers “${accept}” with ${type ?? 'none'}`, () => {
      expect(formats.choose(accept)?.type).to.equal(type);
      expect(formats.choose(accept)?.type).to.equal(type);
    });
  }

  it('never chooses what is excluded', () => {
    const types = ['application/ld+json', 'text/html', 'application/n-quads', '*/*', 'text/*', 'a/b'];
    const choice = fc.tuple(fc.constantFrom(...types), fc.constantFrom('0', '0.5', '1'));
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 6 }), (choices) => {
        const chosen = formats.choose(choices.map(([type, q]) => `${type};q=${q}`).join(','));
        const exact = choices.filter(([type]) => type === chosen?.type);
        if (exact.length > 0) expect(exact.some(([, q]) => q !== '0')).to.equal(true);
        if (choices.every(([, q]) => q === '0')) expect(chosen).to.equal(undefined);
      }),
      { seed: 2 },
    );
  });
});
