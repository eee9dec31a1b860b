import { expect } from 'chai';
import { parseReference } from '../../../node/harvest/references/index.ts';

/** One work in the styles of the field, with title and year as they should be read. */
const TITLE = 'Statistical phrase-based translation';
const styles: [style: string, text: string][] = [
  [
    'ACL',
    `Philipp Koehn, Franz Josef Och, and Daniel Marcu. 2003. ${TITLE}. In Proceedings of the 2003 Human Language Technology Conference, pages 127–133.`,
  ],
  [
    'natbib plain',
    `Philipp Koehn, Franz Josef Och, and Daniel Marcu. ${TITLE}. In Proc. of NAACL, pp. 48–54, 2003.`,
  ],
  ['APA', `Koehn, P., Och, F. J., & Marcu, D. (2003). ${TITLE}. In Proceedings of NAACL (pp. 48–54). ACL.`],
  [
    'APA with a month',
    `Koehn, P., Och, F. J., & Marcu, D. (2003, May). ${TITLE}. Proceedings of NAACL, 48–54.`,
  ],
  [
    'Chicago',
    `Koehn, Philipp, Franz Josef Och, and Daniel Marcu. 2003. “${TITLE}.” In Proceedings of NAACL, 48–54.`,
  ],
  [
    'Computational Linguistics',
    `Koehn, Philipp, Franz Josef Och, and Daniel Marcu. 2003. ${TITLE}. In Proceedings of NAACL, pages 48–54.`,
  ],
  ['MLA', `Koehn, Philipp, et al. "${TITLE}." Proceedings of NAACL, 2003, pp. 48-54.`],
  ['IEEE', `[7] P. Koehn, F. J. Och, and D. Marcu, “${TITLE},” in Proc. NAACL, 2003, pp. 48–54.`],
  [
    'IEEE, straight quotes',
    `[7] P. Koehn et al., "${TITLE}," in Proc. NAACL, Edmonton, 2003, pp. 48-54. [Online]. Available: https://example.org [Accessed: 3-May-2019]`,
  ],
  ['LNCS', `7. Koehn, P., Och, F.J., Marcu, D.: ${TITLE}. In: Proceedings of NAACL, pp. 48–54. ACL (2003)`],
  ['Elsevier', `[7] P. Koehn, F.J. Och, D. Marcu, ${TITLE}, in: Proceedings of NAACL, 2003, pp. 48–54.`],
  [
    'Elsevier author-year',
    `Koehn, P., Och, F.J., Marcu, D., 2003. ${TITLE}, in: Proceedings of NAACL, pp. 48–54.`,
  ],
  ['Harvard', `Koehn, P, Och, FJ & Marcu, D 2003, '${TITLE}', Proceedings of NAACL, pp. 48-54.`],
  [
    'Vancouver',
    `7. Koehn P, Och FJ, Marcu D. ${TITLE}. In: Proceedings of NAACL; 2003 May 27; Edmonton, Canada. p. 48-54.`,
  ],
  [
    'ACM',
    `Philipp Koehn, Franz J. Och, and Daniel Marcu. 2003. ${TITLE}. In Proceedings of NAACL (NAACL '03). ACL, 48–54. https://doi.org/10.3115/1073445.1073462`,
  ],
  ['GB/T 7714', `[7] KOEHN P, OCH F J, MARCU D. ${TITLE}[C]//Proceedings of NAACL. 2003: 48-54.`],
  [
    'LREC',
    `Koehn, P., Och, F. J., and Marcu, D. (2003). ${TITLE}. In Marti Hearst et al., editors, Proceedings of NAACL, pages 48–54.`,
  ],
  [
    'German',
    `Koehn, Philipp; Och, Franz Josef; Marcu, Daniel (2003): ${TITLE}. In: Proceedings of NAACL. S. 48–54.`,
  ],
  ['Spanish', `Koehn, P., Och, F. J. y Marcu, D. (2003). ${TITLE}. En Proceedings of NAACL (pp. 48-54).`],
  [
    'ABNT',
    `KOEHN, P.; OCH, F. J.; MARCU, D. ${TITLE}. In: PROCEEDINGS OF NAACL, 2003, Edmonton. Anais [...]. p. 48-54.`,
  ],
  ['French', `Koehn, P., Och, F. J. et Marcu, D. (2003). « ${TITLE} ». Dans Proceedings of NAACL, p. 48-54.`],
];

describe('a reference', () => {
  for (const [style, text] of styles) {
    it(`is taken apart in the style of ${style}`, () => {
      const { title, year } = parseReference(text);
      expect(title?.toLowerCase()).to.equal(TITLE.toLowerCase());
      expect(year).to.equal('2003');
    });
  }

  const titles: [text: string, title: string, year?: string][] = [
    [
      'Bo Pang, Lillian Lee, and Shivakumar Vaithyanathan. 2002. Thumbs up? Sentiment classification using machine learning techniques. In EMNLP.',
      'Thumbs up? Sentiment classification using machine learning techniques',
      '2002',
    ],
    [
      'Shamil Chollampatt and Ewa Szymanska. 2020. Can automatic postediting improve NMT? In Proceedings of the 2020 Conference.',
      'Can automatic postediting improve NMT?',
      '2020',
    ],
    [
      'Marco Ribeiro. 2016. “Why should I trust you?”: Explaining the predictions of any classifier. In KDD.',
      '“Why should I trust you?”: Explaining the predictions of any classifier',
      '2016',
    ],
    [
      '[21] C.-Y . Lin, “Rouge: A package for automatic evaluation of summaries,” inText summarization branches out , 2004, pp. 74–81.',
      'Rouge: A package for automatic evaluation of summaries',
      '2004',
    ],
    [
      'P. F. Brown, P. V. deSouza, and J. C. Lai, “Class-based n-gram models of natural language,” Comput. Linguist., vol. 18, Dec. 1992.',
      'Class-based n-gram models of natural language',
      '1992',
    ],
    [
      'OpenAI. 2023. GPT-4 technical report. arXiv preprint arXiv:2303.08774.',
      'GPT-4 technical report',
      '2023',
    ],
    [
      'Real Academia Española (2009). Nueva gramática de la lengua española. Madrid: Espasa.',
      'Nueva gramática de la lengua española',
      '2009',
    ],
    [
      'van der Wees, M., Bisazza, A., de la Cruz, J.: Dynamic data selection. In: EMNLP 2017, pp. 1400–1410 (2018)',
      'Dynamic data selection',
      '2017',
    ],
    [
      'Kim, Y. Convolutional neural networks for sentence classification. In EMNLP, 2014.',
      'Convolutional neural networks for sentence classification',
      '2014',
    ],
    [
      'Sennrich, R., Haddow, B., Birch, A.: Neural Machine Translation of Rare Words. In: ACL, pp. 1715–1725 (2016)',
      'Neural Machine Translation of Rare Words',
      '2016',
    ],
    ['Jane Doe. In press. A title that is still to come. Journal of Tests.', 'A title that is still to come'],
    ['山田太郎. 2015. 機関リポジトリの現状と課題. 情報の科学と技術.', '機関リポジトリの現状と課題', '2015'],
  ];
  for (const [text, title, year] of titles) {
    it(`“${title}” is found`, () => {
      const found = parseReference(text);
      expect(found.title).to.equal(title);
      if (year !== undefined) expect(found.year).to.equal(year);
    });
  }

  const identifiers: [text: string, scheme: string, value: string][] = [
    ['Text. doi:10.1000/ABC', 'doi', '10.1000/abc'],
    [
      'Text. DOI 10.18653/\nv1/W18-6301. URL https://www.aclweb.org/anthology/W18-6301',
      'doi',
      '10.18653/v1/w18-6301',
    ],
    ['Text. DOI 10.18653/ v1/W18-6301.', 'doi', '10.18653/v1/w18-6301'],
    ['Text. https://doi.org/10.3115/1073083.\n1073135', 'doi', '10.3115/1073083.1073135'],
    ['Text. DOI 10.1016/j.\nneucom.2018.12.032', 'doi', '10.1016/j.neucom.2018.12.032'],
    ['Text. https://arxiv.org/abs/1508.04025v2, doi: 10.1/x', 'arxiv', '1508.04025'],
    ['Text. CoRR, abs/1508.04025.', 'arxiv', '1508.04025'],
    ['Text. CoRR,\nvol. abs/1706.05565, 2017.', 'arxiv', '1706.05565'],
    ['Text. arXiv preprint 2506.06296 (2025)', 'arxiv', '2506.06296'],
    ['Text. ArXiv abs/cs/0102003.', 'arxiv', 'cs/0102003'],
    ['Text. PMID: 12345678', 'pmid', '12345678'],
    ['Text. MIT Press. ISBN 0-306-40615-2. https://example.org/book', 'isbn', '9780306406157'],
    ['Text. http://hdl.handle.net/10919/71440', 'handle', '10919/71440'],
    [
      'Text. URL https:\n//www.aclweb.org/anthology/P02-1040',
      'url',
      'https://www.aclweb.org/anthology/P02-1040',
    ],
    [
      'Text. URL https://www.\naclweb.org/anthology/W19-5205',
      'url',
      'https://www.aclweb.org/anthology/W19-5205',
    ],
  ];
  for (const [text, scheme, value] of identifiers) {
    it(`has the identifier ${scheme}:${value} in “${text.replaceAll('\n', ' ')}”`, () => {
      expect(parseReference(text).identifier).to.deep.equal({ scheme, value });
    });
  }

  it('does not take an ISSN for the work', () => {
    expect(parseReference('Text in a journal. ISSN 1234-5679').identifier).to.equal(undefined);
  });

  it('keeps its text as it stands, without its number', () => {
    expect(parseReference('[12] P. Knoth, “A  title,”\n2016.').text).to.equal('P. Knoth, “A title,” 2016.');
  });
});
