import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { extractReferences } from '../../../node/harvest/references/index.ts';

const text = (name: string): string => readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8');
const titles = (name: string): (string | undefined)[] =>
  extractReferences(text(name)).map(({ title }) => title);

const three = [
  'A. Alpha, “First things,” 2001.',
  'B. Beta, “Second things,” 2002.',
  'C. Gamma, “Third things,” 2003.',
];
const body = ['A paper', 'Introduction', 'It has been said in 1999 that references matter.'];
const numbered = three.map((line, i) => `[${i + 1}] ${line}`);

describe('the references of a text', () => {
  it('are found in a paper with years behind its authors, lines divided and pages turned', () => {
    expect(titles('lrec-author-year')).to.deep.equal([
      'Statistical french dependency parsing: Treebank conversion and ﬁrst results',
      'Korean treebank transformation for parser training',
      'The stanford typed dependencies representation',
      'Processing Korean Numeral Classiﬁer Constructions in a Typed Feature Structure Grammar',
      'Generating typed dependency parses from phrase structure parses',
      'Universal stanford dependencies: a cross-linguistic typology',
      'A hybrid approach to vietnamese word segmentation',
      'A lexicon for vietnamese language processing',
      'Building a large syntacticallyannotated corpus of vietnamese',
      'Vietnamese treebank construction and entropybased error detection',
      'An empirical study for vietnamese dependency parsing',
      'Maltparser: A language-independent system for data-driven dependency parsing',
      'Universal dependencies v1: A multilingual treebank collection',
      'Part-Of-Speech tagging guidelines for the Penn Treebank project (3rd revision, 2nd printing)',
      'The norwegian dependency treebank',
      'brat: a web-based tool for nlpassisted text annotation',
    ]);
  });

  it('are found where given names come first and an appendix follows unannounced', () => {
    const found = extractReferences(text('acl-author-year'));
    expect(found.map(({ year }) => year)).to.deep.equal(
      '2017 2020 2019 2021 2021 2021 2009 2015 2018 2016 2017 2019'.split(' '),
    );
    expect(found[8]?.text).to.equal(
      'Ngoc-Quan Pham, Jan Niehues, and Alexander H. Waibel. 2018. Towards one-shot learning for rareword translation with external experts. In Proceedings of the 2nd Workshop on Neural Machine Translation and Generation, NMT@ACL 2018, Melbourne, Australia, July 20, 2018, pages 100–109.',
    );
    expect(found[6]?.text).to.include('Enhancing Translation Quality');
  });

  it('are found with numbers, running heads in between, and DOIs and addresses broken', () => {
    const found = extractReferences(text('lncs-numbered'));
    expect(found.map(({ identifier }) => identifier?.value)).to.deep.equal([
      '10.18653/v1/d18-1040',
      'http://proceedings.mlr.press/v70/gehring17a.html',
      '10.18653/v1/w19-5205',
      '10.1016/j.csl.2017.01.014',
      'http://dl.acm.org/citation.cfm?id=3157096.3157188',
      undefined,
      undefined,
      '1611.04558',
      '1412.6980',
      'https://www.aclweb.org/anthology/P17-4012',
      'https://www.aclweb.org/anthology/N031017',
      '10.18653/v1/w18-6301',
      '10.3115/1073083.1073135',
      '10.1016/j.neucom.2018.12.032',
      '1803.00353',
    ]);
    expect(found.map(({ text }) => text).join(' ')).to.not.match(/First Author|Appendix|scores/);
  });

  it('are found where every word has a line of its own', () => {
    const found = extractReferences(text('ieee-numbered'));
    expect(found).to.have.length(12);
    expect(found[0]).to.deep.include({
      title:
        'Building a training corpus for word sense disambiguation in english-tovietnamese machine translation',
      year: '2002',
      identifier: { scheme: 'doi', value: '10.3115/1118794.1118801' },
    });
    expect(found[11]).to.deep.include({
      title: 'Deep recurrent models with fast-forward connections for neural machine translation',
      year: '2016',
    });
  });

  it('are found chapter by chapter, not in the table of contents', () => {
    const found = extractReferences(text('tesis-por-capitulos'));
    expect(found.map(({ year }) => year)).to.deep.equal('2015 1993 2018 2009 2005 2006 2002'.split(' '));
    expect(found[2]?.title).to.equal('Corpus paralelos del quechua y del español');
    expect(found[6]?.identifier).to.deep.equal({ scheme: 'doi', value: '10.3115/1073083.1073135' });
  });

  const headings = [
    'References',
    'REFERENCES',
    '7 References',
    '7. References',
    'VII. REFERENCES',
    'R EFERENCES',
    'R E F E R E N C E S',
    'References:',
    '## References',
    '**References**',
    'Bibliography',
    'Literature Cited',
    'Works cited',
    'Referencias',
    'Referencias bibliográficas',
    'Bibliografía',
    'Referências bibliográficas',
    'Bibliographie',
    'Références',
    'Literatur',
    'Literaturverzeichnis',
    'Список литературы',
    '参考文献',
  ];
  for (const heading of headings) {
    it(`stand under “${heading}”`, () => {
      expect(extractReferences([...body, heading, ...numbered].join('\n'))).to.have.length(3);
    });
  }

  it('do not stand under what merely holds the word', () => {
    for (const line of [
      'References to the data are given below.',
      'References . . . . . 12',
      'Cross-references',
      'Preferences',
    ]) {
      expect(extractReferences([...body, line, ...numbered].join('\n')), line).to.deep.equal([]);
    }
  });

  const marks: [what: string, mark: (n: number) => string][] = [
    ['[1]', (n) => `[${n}] `],
    ['1.', (n) => `${n}. `],
    ['1)', (n) => `${n}) `],
    ['(1)', (n) => `(${n}) `],
    ['1', (n) => `${n} `],
    ['[1] without a space', (n) => `[${n}]`],
    ['a label', (n) => `[ABC0${n}] `],
    ['a bullet', () => '• '],
    ['nothing', () => ''],
  ];
  for (const [what, mark] of marks) {
    it(`are told apart where they begin with ${what}`, () => {
      const list = three.map((line, i) => mark(i + 1) + line);
      const found = extractReferences([...body, 'References', ...list].join('\n'));
      expect(found.map(({ title, year }) => `${title} ${year}`)).to.deep.equal([
        'First things 2001',
        'Second things 2002',
        'Third things 2003',
      ]);
      expect(found[0]?.text).to.match(/^A\. Alpha/);
    });
  }

  it('are told apart in one line', () => {
    const list = [...Array(9).keys()]
      .map((i) => `[${i + 1}] A. Alpha, “Thing number ${i},” 200${i}.`)
      .join(' ');
    expect(extractReferences(`A paper\nReferences ${list}`)).to.have.length(9);
    expect(extractReferences(`A paper\nReferences\n${list}`)).to.have.length(9);
  });

  it('end where something else begins', () => {
    for (const end of [
      'Appendix A: Data',
      'A.1 Further Results',
      'Acknowledgements',
      'About the authors',
      'Anexos',
      'Sobre los autores',
      '## Notes',
      'Table 3: Results',
    ]) {
      const lines = [...body, 'References', ...numbered, end, '[4] D. Delta, “No reference,” 2004.'];
      expect(extractReferences(lines.join('\n')), end).to.have.length(3);
    }
  });

  it('do not end where an entry merely holds such a word', () => {
    const lines = [
      '[1] A. Alpha, “On repositories and their',
      'Index structures,” 2001.',
      '[2] B. Beta, “Second things and an',
      'appendix,” 2002.',
      '[3] C. Gamma, “Third things,” Biography and',
      'Funding of Science, 2003.',
    ];
    expect(extractReferences(['References', ...lines].join('\n'))).to.have.length(3);
  });

  it('are kept within bounds', () => {
    const list = [...Array(2_500).keys()].map(
      (i) => `[${i + 1}] A. Alpha, “A thing of ${'many '.repeat(300)}words,” 2001.`,
    );
    const found = extractReferences(['References', ...list].join('\n'));
    expect(found).to.have.length(2_000);
    expect(Math.max(...found.map(({ text }) => text.length))).to.equal(500);
  });

  it('are none in a text that has none', () => {
    for (const none of ['', '\n\n', 'A text.\nNothing else.', 'References', 'References\n\n\nSee the web.']) {
      expect(extractReferences(none), none).to.deep.equal([]);
    }
  });
});
