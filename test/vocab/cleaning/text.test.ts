import { expect } from 'chai';
import fc from 'fast-check';
import { cleanText, type RepairCode, RepairLog } from '../../../vocab/cleaning/index.ts';
import { asWindows1252 } from '../../../vocab/xml/index.ts';

/** UTF-8 that was read as windows-1252. */
function garbled(text: string): string {
  return asWindows1252(Buffer.from(text).toString('latin1'));
}

describe('a text', () => {
  const cases: [what: string, written: string, clean: string, ...repairs: RepairCode[]][] = [
    ['that is clean', 'R & D: 5 < 6, “naïve”', 'R & D: 5 < 6, “naïve”'],
    ['over several lines', '  A title\n   on two  lines ', 'A title on two lines'],
    ['with accents apart', 'e\u0301tude', 'étude'],
    ['with a hard space', 'a\u00a0b', 'a b'],
    ['with references', 'Caf&eacute; &amp; bar &#8211; 1', 'Café & bar – 1', 'TEXT_ENTITIES'],
    ['escaped twice', '&amp;lt;i&amp;gt;RoMEO&amp;lt;/i&amp;gt;', 'RoMEO', 'TEXT_ENTITIES', 'TEXT_MARKUP'],
    ['with inline tags', 'H<sub>2</sub>O and <i class="x">E. coli</i>', 'H₂O and E. coli', 'TEXT_MARKUP'],
    ['with paragraphs', '<p>One.</p><p>Two.<br/>Three.</p>', 'One. Two. Three.', 'TEXT_MARKUP'],
    ['of JATS', '<jats:p>Hi <jats:italic>there</jats:italic></jats:p>', 'Hi there', 'TEXT_MARKUP'],
    ['with a script', 'a<script>alert("x")</script>b<!-- c -->', 'a b', 'TEXT_MARKUP'],
    [
      'with less and greater',
      'p <0.05 and x> 3, a<b>c is bold',
      'p <0.05 and x> 3, ac is bold',
      'TEXT_MARKUP',
    ],
    ['with an ampersand that begins nothing', 'AT&T; &x', 'AT&T; &x'],
    [
      'in UTF-8 read as windows-1252',
      'donâ€™t SchrÃ¶dinger Â© Å¡kola â‚¬',
      'don’t Schrödinger © škola €',
      'TEXT_MOJIBAKE',
    ],
    ['in capitals of mojibake', 'UNIVERSITÃ‰', 'UNIVERSITÉ', 'TEXT_MOJIBAKE'],
    ['with stray bytes of windows-1252', '\u0093quoted\u0094', '“quoted”', 'TEXT_MOJIBAKE'],
    ['of capitals and quotation marks', '“IRMÔ SÃO «CAFÉ» À', '“IRMÔ SÃO «CAFÉ» À'],
    ['with control characters', 'a\u0000b\u0007c\u00add\u200be\ufeff', 'abcde', 'TEXT_CONTROL'],
    ['with half a surrogate pair', 'a\ud83db', 'ab', 'TEXT_CONTROL'],
    ['with tags in capitals', '<P>One.<BR>Two.</P>', 'One. Two.', 'TEXT_MARKUP'],
    ['with a footnote mark', 'Title<sup>a</sup> and 4<sup>th</sup>', 'Titlea and 4th', 'TEXT_MARKUP'],
    ['with powers', '10<sup>-3</sup> m<sup>2</sup>', '10⁻³ m²', 'TEXT_MARKUP'],
    [
      'with placeholders',
      'triples <subject, predicate> and <NULL>',
      'triples <subject, predicate> and <NULL>',
    ],
    [
      'with MathML',
      'for <mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>+</mml:mo><mml:mn>1</mml:mn></mml:math>',
      'for x²+1',
      'TEXT_MARKUP',
    ],
    [
      'with a fraction of MathML',
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>',
      '1/2',
      'TEXT_MARKUP',
    ],
    [
      'with a formula that is there twice',
      '<jats:alternatives><jats:tex-math>$\\alpha$</jats:tex-math><mml:math><mml:mi>α</mml:mi></mml:math></jats:alternatives>-helix',
      'α-helix',
      'TEXT_MARKUP',
    ],
    [
      'with an annotation',
      '<math><mi>α</mi><annotation encoding="application/x-tex">\\alpha</annotation></math>',
      'α',
      'TEXT_MARKUP',
    ],
    [
      'with a document of LaTeX in a formula',
      'a <tex-math id="M1">\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\setlength{\\oddsidemargin}{-69pt} \\begin{document}$$x_1$$\\end{document}</tex-math> b',
      'a x₁ b',
      'TEXT_MARKUP',
      'TEXT_LATEX',
    ],
    [
      'with references cut short',
      'caf&eacute de F&uumlr &lt 5 &#233 x',
      'café de Für < 5 é x',
      'TEXT_ENTITIES',
    ],
    ['with an address in it', 'http://x.org/?a=1&copy=2&lt=3', 'http://x.org/?a=1&copy=2&lt=3'],
    ['with references that are none', 'R&D, Q&A, AT&T, Simon&Schuster', 'R&D, Q&A, AT&T, Simon&Schuster'],
    ['escaped five times', 'a &amp;amp;amp;amp;eacute; b', 'a é b', 'TEXT_ENTITIES'],
    [
      'escaped for JSON',
      'Caf\\u00e9 \\"open\\" http:\\/\\/x.org',
      'Café "open" http://x.org',
      'TEXT_ENTITIES',
      'TEXT_LATEX',
    ],
    ['garbled twice', 'SchrÃƒÂ¶dinger', 'Schrödinger', 'TEXT_MOJIBAKE'],
    ['in garbled Cyrillic', garbled('Привет мир'), 'Привет мир', 'TEXT_MOJIBAKE'],
    ['in garbled Greek', garbled('αβγδ και'), 'αβγδ και', 'TEXT_MOJIBAKE'],
    ['in garbled Chinese', garbled('中文信息'), '中文信息', 'TEXT_MOJIBAKE'],
    ['in garbled Arabic', garbled('مرحبا بالعالم'), 'مرحبا بالعالم', 'TEXT_MOJIBAKE'],
    ['with a hard space gone', 'voilÃ ce qui est', 'voilà ce qui est', 'TEXT_MOJIBAKE'],
    ['in French', 'Élève « été » naïf ÀÉÎÕ', 'Élève « été » naïf ÀÉÎÕ'],
    ['with joined letters', 'eﬃcient ﬁnding of ﬂaws', 'efficient finding of flaws', 'TEXT_CONTROL'],
    ['with overrides of direction', 'safe\u202egnp.exe\u202c \u2066x\u2069', 'safegnp.exe x', 'TEXT_CONTROL'],
    ['in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['with joiners between Latin letters', 'in\u200cter\u200dface\u200d', 'interface', 'TEXT_CONTROL'],
    ['with a family of emoji', 'a 👩\u200d👩 b', 'a 👩👩 b', 'TEXT_CONTROL'],
    ['that is empty', '', ''],
  ];
  for (const [what, written, clean, ...repairs] of cases) {
    it(`${what} comes out clean`, () => {
      const log = new RepairLog();
      expect(cleanText(written, log)).to.equal(clean);
      expect(log.repairs.map(({ code }) => code)).to.deep.equal(repairs);
      const again = new RepairLog();
      expect(cleanText(clean, again)).to.equal(clean);
      expect(again.repairs).to.deep.equal([]);
    });
  }

  it('comes out without what no text has, whatever went in', () => {
    const scraps = fc.constantFrom(
      '<',
      '>',
      '<p',
      '</i>',
      '&',
      ';',
      '&amp;',
      '&#',
      'Ã',
      '©',
      'â€',
      ' ',
      '\n',
      '\u0000',
      '\ud800',
      '<!--',
      '-->',
      '<script>',
      '<sup>',
      '</sup>',
      '<mml:mi>',
      '</mml:mi>',
      '&eacute',
      'amp;',
      '\\u00e9',
      '$',
      '\\',
      '{',
      '}',
      '\\"',
      "\\'e",
      '\\alpha',
      '\\emph{',
      '\\frac',
      '^',
      '_',
      '~',
      '--',
      '``',
      "''",
      'x',
      'Word',
      '2',
      'ﬁ',
      '\u200d',
      '\u00ad',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string({ unit: 'grapheme' })), { maxLength: 30 }), (parts) => {
        const clean = cleanText(parts.join(''), new RepairLog());
        expect(clean).to.equal(clean.trim().normalize('NFC'));
        // oxlint-disable-next-line no-control-regex
        expect(clean).to.not.match(/[\x00-\x1f\x7f-\x9f]|\s\s/);
        expect(Buffer.from(clean).toString()).to.equal(clean);
        expect(cleanText(clean, new RepairLog())).to.equal(clean);
        expect(clean.length).to.be.at.most(3 * parts.join('').length);
      }),
      { seed: 20261121, numRuns: 3000 },
    );
  });

  it('is cleaned in linear time', () => {
    const scraps =
      '<p |<script>|<!--|&amp|&amp;|&| |Ã|</|<sup>|<math><msup><mi>|{|}|{}|$|$ |$x|\\|\\{|\\frac|\\frac{|\\"|\\cite[|^{|--|``|``a|~|é»';
    for (const scrap of scraps.split('|')) {
      expect(cleanText(scrap.repeat(50_000 / scrap.length), new RepairLog())).to.be.a('string');
    }
    for (const [open, close] of [
      ['{\\frac{', '}}'],
      ['{\\emph{ x {', '}}}'],
      ['\\hat{\\frac{', '}}'],
      ['``{', "}''"],
    ] as const) {
      for (const depth of [19, 2_000]) {
        const nested = `${open.repeat(depth)}x${close.repeat(depth)}`;
        expect(cleanText(nested, new RepairLog())).to.be.a('string');
      }
    }
  });
});
