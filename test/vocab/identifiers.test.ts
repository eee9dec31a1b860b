import { expect } from 'chai';
import fc from 'fast-check';
import {
  findIdentifiers,
  identifierText,
  identifierUrl,
  normaliseIdentifier,
  type Refusal,
  refusalOf,
} from '../../vocab/identifiers.ts';

const seed = 20261121;

describe('an identifier', () => {
  const cases: [written: string, normalised: string | undefined][] = [
    // DOI
    ['10.1000/182', 'doi:10.1000/182'],
    ['doi:10.1000/182', 'doi:10.1000/182'],
    ['DOI: 10.1000/ABC.', 'doi:10.1000/abc'],
    ['doi.org/10.1000/182', 'doi:10.1000/182'],
    ['http://dx.doi.org/10.1007/s00799-009-0054-4', 'doi:10.1007/s00799-009-0054-4'],
    ['https://doi.org/10.1000/182?utm_source=x&utm_medium=y', 'doi:10.1000/182'],
    ['https://doi.org/https://doi.org/10.1000/182', 'doi:10.1000/182'],
    ['https://doi.org/10.1000%2F182', 'doi:10.1000/182'],
    ['info:doi/10.1353/pla.2007.0023', 'doi:10.1353/pla.2007.0023'],
    ['urn:doi:10.1000/182', 'doi:10.1000/182'],
    ['https://onlinelibrary.wiley.com/doi/full/10.1002/asi.20857?utm_source=x', 'doi:10.1002/asi.20857'],
    ['https://link.springer.com/content/pdf/10.1007/s11192-015-1765-5.pdf', 'doi:10.1007/s11192-015-1765-5'],
    ['https://www.liberquarterly.eu/article/10.18352/lq.10138', 'doi:10.18352/lq.10138'],
    ['10.1016/S0140-6736(05)66545-0', 'doi:10.1016/s0140-6736(05)66545-0'],
    ['(10.1000/182)', undefined],
    ['https://doi.org/10.1000/182)', 'doi:10.1000/182'],
    [
      '10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O',
      'doi:10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
    ],
    ['doi:http://dx.doi.org/10.1000/182', 'doi:10.1000/182'],
    ['https://doi.org/doi:10.1000/182', 'doi:10.1000/182'],
    ['https://doi.org:10.1000/182', 'doi:10.1000/182'],
    ['https://doi.org/ 10.1000/182', 'doi:10.1000/182'],
    ['DOI 10.1000/182', 'doi:10.1000/182'],
    ['10.1000/182;', 'doi:10.1000/182'],
    ['10.1000/182...', 'doi:10.1000/182'],
    ['10.1000/182…', 'doi:10.1000/182'],
    ['10.1000/182%20', 'doi:10.1000/182'],
    ['10.1000/182</a>', 'doi:10.1000/182'],
    ['10.1000/182" target="_blank', 'doi:10.1000/182'],
    ['10.1000/182;jsessionid=0A1B', 'doi:10.1000/182'],
    ['10.1000/182&rft_id=x', 'doi:10.1000/182'],
    ['10.1002/asi.20857 [doi]', 'doi:10.1002/asi.20857'],
    ['10.1000/a\u2010b\u200b', 'doi:10.1000/a-b'],
    ['https://dx.doi.org.ezproxy.example.edu/10.1000/182', 'doi:10.1000/182'],
    ['https://pubs.acs.org/doi/abs/10.1021/ja00182a001#x', 'doi:10.1021/ja00182a001'],
    [
      'https://www.tandfonline.com/doi/pdf/10.1080/0361526X.2015?needAccess=true',
      'doi:10.1080/0361526x.2015',
    ],
    ['https://doi.org/10.48550/arXiv.1706.03762', 'doi:10.48550/arxiv.1706.03762'],
    ['10.5281/zenodo.1234567', 'doi:10.5281/zenodo.1234567'],
    ['https://doi.org/10.1000/', undefined],
    ['https://doi.org/10.1000', undefined],
    ['10.1000/', undefined],
    ['10.12/34', undefined],
    // Handle
    ['http://hdl.handle.net/10915/1234', 'handle:10915/1234'],
    ['hdl:2027/mdp.39015', 'handle:2027/mdp.39015'],
    ['https://repositorio.example/xmlui/handle/10915/1234?show=full', 'handle:10915/1234'],
    ['http://hdl.handle.net/20.500.00000/1021', 'handle:20.500.00000/1021'],
    ['https://repository.example/handle/123456789/55', 'https://repository.example/handle/123456789/55'],
    ['hdl:123456789/55', undefined],
    ['https://hdl.handle.net/10.1000/182', 'doi:10.1000/182'],
    ['info:hdl/10915/1234', 'handle:10915/1234'],
    ['hdl.handle.net/10915/1234', 'handle:10915/1234'],
    ['https://hdl.handle.net/10915/1234?locatt=view:full', 'handle:10915/1234'],
    ['http://repositorio.example/bitstream/handle/10915/1234/a.pdf?sequence=1', 'handle:10915/1234'],
    ['http://hdl.handle.net/123456789/55', undefined],
    // URN
    ['urn:nbn:de:hbz:6-85659524771', 'urn:nbn:de:hbz:6-85659524771'],
    ['URN:NBN:fi-fe2019', 'urn:nbn:fi-fe2019'],
    ['https://nbn-resolving.org/urn:nbn:de:hbz:6-85659524771', 'urn:nbn:de:hbz:6-85659524771'],
    ['https://urn.kb.se/resolve?urn=urn:nbn:se:uu:diva-1234', 'urn:nbn:se:uu:diva-1234'],
    ['http://nbn-resolving.de/urn/resolver.pl?urn=urn:nbn:de:0183-1&x=1', 'urn:nbn:de:0183-1'],
    ['urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
    // ISBN
    ['ISBN: 978-3-16-148410-0 (pbk.)', 'isbn:9783161484100'],
    ['ISBN (print): 978-3-16-148410-0', 'isbn:9783161484100'],
    ['e-ISBN 978 3 16 148410 0', 'isbn:9783161484100'],
    ['978-3-16-148410-0 [hardcover]', 'isbn:9783161484100'],
    ['ISBN 3‐16‐148410‐X', 'isbn:9783161484100'],
    ['3-16-148410-X', 'isbn:9783161484100'],
    ['ISBN 0-306-40615-2', 'isbn:9780306406157'],
    ['urn:isbn:0451450523', 'isbn:9780451450524'],
    ['ISBN-13: 978-3-16-148410-0', 'isbn:9783161484100'],
    ['9783161484100', 'isbn:9783161484100'],
    ['0-8044-2957-X', 'isbn:9780804429573'],
    ['ISBN 978-3-16-148410-1', undefined],
    ['0306406152', undefined],
    // ISSN
    ['ISSN 1082-9873', 'issn:1082-9873'],
    ['urn:issn:2434-561x', 'issn:2434-561X'],
    ['1082-9873', 'issn:1082-9873'],
    ['1082-9873 (Online)', 'issn:1082-9873'],
    ['ISSN (Online): 1082-9873', 'issn:1082-9873'],
    ['eISSN 1082–9873', 'issn:1082-9873'],
    ['p-ISSN: 10829873', 'issn:1082-9873'],
    ['https://portal.issn.org/resource/ISSN/1082-9873', 'issn:1082-9873'],
    ['1990-2001', undefined],
    ['ISSN 1082-9874', undefined],
    // PMID
    ['PMID: 12345678', 'pmid:12345678'],
    ['info:pmid/12345678', 'pmid:12345678'],
    ['https://pubmed.ncbi.nlm.nih.gov/12345678/', 'pmid:12345678'],
    ['https://www.ncbi.nlm.nih.gov/pubmed/12345678', 'pmid:12345678'],
    ['https://europepmc.org/article/MED/12345678', 'pmid:12345678'],
    ['https://www.ncbi.nlm.nih.gov/pubmed/?term=12345678', 'pmid:12345678'],
    ['PMC123456', 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/'],
    ['PMCID: PMC123456', 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/'],
    [
      'https://pmc.ncbi.nlm.nih.gov/articles/PMC123456/',
      'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/',
    ],
    ['https://europepmc.org/articles/PMC123456', 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/'],
    [
      'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/',
      'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/',
    ],
    // arXiv
    ['arXiv:1706.03762v5', 'arxiv:1706.03762'],
    ['https://arxiv.org/pdf/1706.03762v5.pdf', 'arxiv:1706.03762'],
    ['arXiv:hep-th/9901001', 'arxiv:hep-th/9901001'],
    ['arXiv:1706.03762v5 [cs.CL]', 'arxiv:1706.03762'],
    ['arXiv:math.GT/0309136v1', 'arxiv:math.gt/0309136'],
    ['https://export.arxiv.org/abs/hep-th/9901001v2', 'arxiv:hep-th/9901001'],
    ['arxiv.org/abs/1706.03762', 'arxiv:1706.03762'],
    ['arXiv:1799.03762', undefined],
    // URL
    ['https://EXAMPLE.org/a?utm_source=x&id=3&fbclid=1', 'https://example.org/a?id=3'],
    ['https://example.org/a;jsessionid=0A1B?x=1', 'https://example.org/a?x=1'],
    ['https://user:secret@example.org/a', 'https://example.org/a'],
    ['http//example.org/a', 'http://example.org/a'],
    ['http:/example.org/a', 'http://example.org/a'],
    ['https:://example.org/a', 'https://example.org/a'],
    ['http:\\\\example.org/a', 'http://example.org/a'],
    ['http://https://example.org/a', 'https://example.org/a'],
    ['www.example.org/a', 'http://www.example.org/a'],
    ['http://example.org/a b.pdf', 'http://example.org/a%20b.pdf'],
    ['http://', undefined],
    ['https://exa mple.org/', undefined],
    ['http://example.org/a/../b', 'http://example.org/b'],
    ['https://', undefined],
    // Nothing
    ['', undefined],
    ['1234', undefined],
    ['Pinfield, S. (2003) Open archives', undefined],
  ];
  for (const [written, normalised] of cases) {
    it(`“${written}” is ${normalised ?? 'none'}`, () => {
      const identifier = normaliseIdentifier(written);
      expect(identifier === undefined ? undefined : identifierText(identifier)).to.equal(normalised);
    });
  }

  it('leads to its resolver', () => {
    const leads = (text: string): string | undefined => identifierUrl(normaliseIdentifier(text)!);
    expect(leads('10.1000/a#b')).to.equal('https://doi.org/10.1000/a%23b');
    expect(leads('hdl:10915/1234')).to.equal('https://hdl.handle.net/10915/1234');
    expect(leads('urn:nbn:de:0183-1')).to.equal('https://nbn-resolving.org/urn:nbn:de:0183-1');
    expect(leads('ISSN 1082-9873')).to.equal('https://portal.issn.org/resource/ISSN/1082-9873');
    expect(leads('arXiv:1706.03762')).to.equal('https://arxiv.org/abs/1706.03762');
    expect(leads('978-3-16-148410-0')).to.equal(undefined);
    expect(leads('https://example.org/')).to.equal('https://example.org/');
  });

  it('normalised once is normalised for good', () => {
    const anyOf = fc.constantFrom(...cases.map(([written]) => written));
    const noise = fc.constantFrom('', ' ', '.', '?utm_source=x', '/', ')', 'v2', '%2F', '\u0000');
    fc.assert(
      fc.property(
        fc.tuple(noise, anyOf, noise, noise).map((parts) => parts.join('')),
        (written) => {
          const identifier = normaliseIdentifier(written);
          if (identifier === undefined) return;
          expect(normaliseIdentifier(identifierText(identifier))).to.deep.equal(identifier);
          const url = identifierUrl(identifier);
          if (url === undefined || identifier.scheme === 'issn') return;
          expect(normaliseIdentifier(url)).to.deep.equal(identifier);
        },
      ),
      { seed, numRuns: 2000 },
    );
  });
});

describe('what is meant to be an identifier and is none', () => {
  const cases: [written: string, refusal: Refusal | undefined][] = [
    ['ISBN 978-3-16-148410-1', 'misspelt'],
    ['9783161484101', 'misspelt'],
    ['urn:issn:1082-9874', 'misspelt'],
    ['ISSN 1082-987', 'misspelt'],
    ['doi:10.1000/', 'misspelt'],
    ['https://doi.org/10.1000', 'misspelt'],
    ['arXiv:1799.03762', 'misspelt'],
    ['http://hdl.handle.net/123456789/55', 'unregistered'],
    ['hdl:123456789/55', 'unregistered'],
    ['http://', 'malformed'],
    ['https://exa mple.org/a', 'malformed'],
    ['htpp://example.org/a', 'malformed'],
    ['10.1000/182', undefined],
    ['https://example.org/', undefined],
    ['Vol. 33 (2010)', undefined],
    ['1990-2001', undefined],
    ['doi unknown', undefined],
    ['20101234567', undefined],
    ['', undefined],
  ];
  for (const [written, refusal] of cases) {
    it(`“${written}” is ${refusal ?? 'not refused'}`, () => {
      expect(refusalOf(written)).to.equal(refusal);
    });
  }

  it('is never an identifier, whatever the text', () => {
    const scraps = fc.constantFrom(
      'ISSN ',
      'ISBN',
      'doi:',
      '10.',
      '1000/',
      'http',
      '://',
      'hdl:',
      '123456789/',
      '978',
      '-',
      'X',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        if (refusalOf(text) !== undefined) expect(normaliseIdentifier(text)).to.equal(undefined);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('is told where it stands in a text', () => {
    const refused: string[] = [];
    const found = findIdentifiers(
      'ISSN 1082-9874, ISBN 978-3-16-148410-0, ISBN 978-3-16-148410-1.',
      (written) => refused.push(written),
    );
    expect(found.map(identifierText)).to.deep.equal(['isbn:9783161484100']);
    expect(refused).to.deep.equal(['ISSN 1082-9874', 'ISBN 978-3-16-148410-1']);
  });
});

describe('identifiers in running text', () => {
  it('are found wherever they stand, once each, in order', () => {
    const text =
      'Pinfield, S. (2003) Open archives (see doi:10.1045/march2003-pinfield). D-Lib Magazine, 9 (3). ISSN 1082-9873; ' +
      'https://doi.org/10.1045/MARCH2003-pinfield, PMID 123; arXiv:1706.03762v2 [cs], ISBN 978-3-16-148410-0. ' +
      'hdl:10915/12; 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O and urn:nbn:de:0183-1. <https://a.example/x>.';
    expect(findIdentifiers(text).map(identifierText)).to.deep.equal([
      'doi:10.1045/march2003-pinfield',
      'issn:1082-9873',
      'pmid:123',
      'arxiv:1706.03762',
      'isbn:9783161484100',
      'handle:10915/12',
      'doi:10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
      'urn:nbn:de:0183-1',
      'https://a.example/x',
    ]);
  });

  it('are not made out of numbers', () => {
    expect(
      findIdentifiers('Version 110.1000/182, pages 1990-2001, grant 9783161484100, p. 10.5'),
    ).to.deep.equal([]);
  });

  it('are found without hanging or throwing, in any text', () => {
    const scraps = fc.constantFrom(
      '10.1000/',
      'doi:',
      'https://',
      'http://doi.org/',
      'urn:nbn:',
      'ISBN ',
      'ISSN',
      '978',
      '-',
      ')',
      '(',
      '/',
      '.',
      ' ',
      '%',
      'hdl:',
      '\ud83d\ude00',
      'arXiv:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 40 }), (parts) => {
        for (const identifier of findIdentifiers(parts.join(''))) {
          expect(identifier.value).to.not.equal('');
          expect(identifier.value).to.not.match(/\s/);
        }
      }),
    );
  });

  it('have an address whatever is in them', () => {
    expect(identifierUrl({ scheme: 'doi', value: '10.1000/a\ud800b?' })).to.equal(
      'https://doi.org/10.1000/a%EF%BF%BDb%3F',
    );
  });

  // Each would take hours with a pattern that backtracks; mocha's time limit is the test.
  for (const scrap of [
    '10.1000/',
    'http://a',
    '(',
    ')',
    'doi:',
    'urn:a:',
    'ISBN 1',
    '1-',
    'https://x/10.1000/',
    '/abstract',
    '%2F',
    'aaaa.',
  ]) {
    it(`are looked for in linear time in a long run of “${scrap}”`, () => {
      const text = scrap.repeat(100_000 / scrap.length);
      findIdentifiers(text);
      findIdentifiers(`https://example.org/${text}`);
      normaliseIdentifier(text.slice(0, 2000));
      normaliseIdentifier(`https://example.org/${text.slice(0, 1900)}!`);
      expect(text.length).to.be.greaterThan(10_000);
    });
  }
});
