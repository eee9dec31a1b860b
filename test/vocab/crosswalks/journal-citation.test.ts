import { expect } from 'chai';
import fc from 'fast-check';
import { citationText, journalCitation } from '../../../vocab/crosswalks/journal-citation.ts';
import type { Source } from '../../../vocab/record.ts';

describe('where a work was published', () => {
  const cases: [written: string, source: Source | undefined][] = [
    // Open Journal Systems
    [
      'Journal of Documentation; Vol 59 No 3 (2003): Special issue; 243-277',
      { title: 'Journal of Documentation', volume: '59', issue: '3', pages: '243-277' },
    ],
    [
      'Revista Española; Vol. 33, Núm. 2 (2010); 10-25',
      { title: 'Revista Española', volume: '33', issue: '2', pages: '10-25' },
    ],
    [
      'Ciência da Informação; v. 35, n. 2 (2006)',
      { title: 'Ciência da Informação', volume: '35', issue: '2' },
    ],
    // EPrints
    ['Serials, 15 (3). pp. 261-264', { title: 'Serials', volume: '15', issue: '3', pages: '261-264' }],
    ['D-Lib Magazine, 9 (3). ISSN 1082-9873', { title: 'D-Lib Magazine', volume: '9', issue: '3' }],
    // American Psychological Association
    [
      'Scientometrics, 105(3), 1907-1933',
      { title: 'Scientometrics', volume: '105', issue: '3', pages: '1907-1933' },
    ],
    [
      'Cataloging & Classification Quarterly, 54(2), 101-116. doi:10.1080/01639374.2015.1116480',
      { title: 'Cataloging & Classification Quarterly', volume: '54', issue: '2', pages: '101-116' },
    ],
    [
      'Procedia - Social and Behavioral Sciences, 147. pp. 505-509',
      { title: 'Procedia - Social and Behavioral Sciences', volume: '147', pages: '505-509' },
    ],
    // Whole references, as DSpace has them
    [
      "Núñez, A. M., & O'Brien, S. (2021). High lakes. Journal of Lakes, 12(3), 45-67.",
      { citation: "Núñez, A. M., & O'Brien, S. (2021). High lakes. Journal of Lakes, 12(3), 45-67." },
    ],
    // As in German
    ['D-Lib Magazine 6 (2000), 2', { title: 'D-Lib Magazine', volume: '6', issue: '2' }],
    [
      'Journal of Documentation 59 (2003), 3, S. 243-277',
      { title: 'Journal of Documentation', volume: '59', issue: '3', pages: '243-277' },
    ],
    // Others
    ['First Monday, Volume 8, Number 6', { title: 'First Monday', volume: '8', issue: '6' }],
    ['PLoS ONE 10(5): e0127502', { title: 'PLoS ONE', volume: '10', issue: '5', pages: 'e0127502' }],
    ['Proceedings of ACL 2010, pages 12-20', { title: 'Proceedings of ACL 2010', pages: '12-20' }],
    [
      'Proceedings of the Workshop on Parsing, pages i-viii',
      { title: 'Proceedings of the Workshop on Parsing', pages: 'i-viii' },
    ],
    ['BMC Medicine, 10, 124', { title: 'BMC Medicine', volume: '10', pages: '124' }],
    ['Ariadne, (31)', { title: 'Ariadne', issue: '31' }],
    ['ARL Bimonthly Report (2003), 226', { title: 'ARL Bimonthly Report', issue: '226' }],
    ['D-Lib Magazine', { title: 'D-Lib Magazine' }],
    // Not to be taken apart
    [
      'Library Philosophy and Practice, 2012, paper 692',
      { citation: 'Library Philosophy and Practice, 2012, paper 692' },
    ],
    [
      '9th International Conference, Helsinki, 9-13 June 2014',
      { citation: '9th International Conference, Helsinki, 9-13 June 2014' },
    ],
    ['2010; 5; 6', { citation: '2010; 5; 6' }],
    // Nothing but identifiers
    ['1082-9873', undefined],
    ['ISSN: 1082-9873', undefined],
    ['https://doi.org/10.1000/182', undefined],
    ['', undefined],
  ];
  for (const [written, source] of cases) {
    it(`“${written}”`, () => expect(journalCitation(written)).to.deep.equal(source));
  }

  it('is written as it is read', () => {
    const title = fc.constantFrom(
      'D-Lib Magazine',
      'Revista Española de Documentación',
      'Serials: The Journal',
      'Program',
    );
    const number = fc.integer({ min: 1, max: 999 }).map(String);
    const pages = fc.tuple(number, number).map((both) => both.join('-'));
    const source: fc.Arbitrary<Source> = fc.record(
      { title, volume: number, issue: number, pages },
      { requiredKeys: ['title'] },
    );
    fc.assert(
      fc.property(source, (parts) => {
        expect(journalCitation(citationText(parts))).to.deep.equal(parts);
      }),
      { seed: 20261121 },
    );
  });

  it('is looked for in linear time', () => {
    for (const scrap of ['a', ' ', '1 ', '(', ',', ';', 'vol. ', '1(1)', 'p. 1-', '10.1000/', 'ISSN 1']) {
      const text = scrap.repeat(100_000);
      expect(journalCitation(text)).to.deep.equal({ citation: text });
      journalCitation(text.slice(0, 500));
    }
  });
});
