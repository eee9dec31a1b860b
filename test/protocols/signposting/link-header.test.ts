import { expect } from 'chai';
import fc from 'fast-check';
import { linksOf, parseLinkHeader } from '../../../protocols/signposting/index.ts';

const PAGE = 'https://repository.example/items/1';

describe('a Link header', () => {
  it('gives its typed links, with absolute addresses', () => {
    const links = parseLinkHeader(
      '</files/1.pdf>; rel="item"; type="application/pdf", <https://doi.org/10.1/x>; rel=cite-as',
      PAGE,
    );
    expect(links).to.deep.equal([
      { anchor: PAGE, href: 'https://repository.example/files/1.pdf', rel: 'item', type: 'application/pdf' },
      { anchor: PAGE, href: 'https://doi.org/10.1/x', rel: 'cite-as' },
    ]);
  });

  it('gives one link for each type of a link that has several', () => {
    const links = parseLinkHeader('<a>; rel="Item  license"', PAGE);
    expect(links.map(({ rel }) => rel)).to.deep.equal(['item', 'license']);
  });

  it('takes the first of parameters that are given twice, and unescapes what is quoted', () => {
    const [link] = parseLinkHeader('<a>; rel=item; rel=author; type="text/\\html"; title="a, b; c"', PAGE);
    expect(link).to.include({ rel: 'item', type: 'text/html' });
  });

  it('keeps links of other resources apart by their anchor', () => {
    const links = parseLinkHeader('<a.pdf>; rel=item, <b.pdf>; rel=item; anchor="/items/2"', PAGE);
    expect(linksOf(links, `${PAGE}#top`, 'item').map(({ href }) => href)).to.deep.equal([
      'https://repository.example/items/a.pdf',
    ]);
  });

  // What other readers of the header lose.
  const tolerated: [name: string, header: string, hrefs: string[]][] = [
    ['space before a comma', '<a>; rel="item" , <b>; rel=item', ['a', 'b']],
    ['a parameter without a value', '<a>; crossorigin, <b>; rel=item', ['b']],
    ['an extended value that is none', '<a>; title*=x; rel=item, <b>; rel=item', ['a', 'b']],
    ['a link without a type', '<a>, <b>; rel=item', ['b']],
    ['something that is no link', 'junk, <a>; rel=item', ['a']],
    ['a quote that is not closed', '<a>; rel=item, <b>; rel="item', ['a', 'b']],
    ['an address that is none', '<http://[>; rel=item, <b>; rel=item', ['b']],
    ['an address that is not closed', '<a>; rel=item, <b', ['a']],
    ['line ends, as in a link set', '<a>\n ; rel="item"\n , <b>\n ; rel="item"\n', ['a', 'b']],
  ];
  for (const [name, header, hrefs] of tolerated) {
    it(`bears ${name}`, () => {
      expect(parseLinkHeader(header, 'https://x.example/').map(({ href }) => href)).to.deep.equal(
        hrefs.map((href) => `https://x.example/${href}`),
      );
    });
  }

  it('never throws, whatever comes', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      ';',
      ',',
      '"',
      '\\',
      '=',
      ' ',
      'rel',
      'item',
      'a',
      'anchor',
      'http:',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (header) => {
        const links = parseLinkHeader(header.join(''), PAGE);
        for (const { href, anchor } of links)
          expect(URL.canParse(href) && URL.canParse(anchor)).to.equal(true);
      }),
    );
  });

  it('reads back what was written', () => {
    const link = fc.record({
      path: fc.stringMatching(/^[a-z0-9/._-]{1,20}$/),
      rel: fc.constantFrom('item', 'linkset', 'cite-as', 'describedby'),
      type: fc.stringMatching(/^[a-z]{1,10}\/[a-z+.]{1,10}$/),
    });
    fc.assert(
      fc.property(fc.array(link, { maxLength: 20 }), (written) => {
        const header = written.map(
          ({ path, rel, type }) => `<https://x.example/${path}>; rel="${rel}"; type="${type}"`,
        );
        expect(parseLinkHeader(header.join(', '), PAGE)).to.deep.equal(
          written.map(({ path, rel, type }) => ({
            anchor: PAGE,
            href: new URL(`https://x.example/${path}`).href,
            rel,
            type,
          })),
        );
      }),
    );
  });
});
