import { expect } from 'chai';
import fc from 'fast-check';
import { cleanText, type RepairCode, RepairLog } from '../../../vocab/cleaning/index.ts';

describe('a text', () => {
  const cases: [what: string, written: string, clean: string, ...repairs: RepairCode[]][] = [
    ['that is clean', 'R & D: 5 < 6, “naïve”', 'R & D: 5 < 6, “naïve”'],
    ['over several lines', '  A title\n   on two  lines ', 'A title on two lines'],
    ['with accents apart', 'e\u0301tude', 'étude'],
    ['with a hard space', 'a\u00a0b', 'a b'],
    ['with references', 'Caf&eacute; &amp; bar &#8211; 1', 'Café & bar – 1', 'TEXT_ENTITIES'],
    ['escaped twice', '&amp;lt;i&amp;gt;RoMEO&amp;lt;/i&amp;gt;', 'RoMEO', 'TEXT_ENTITIES', 'TEXT_MARKUP'],
    ['with inline tags', 'H<sub>2</sub>O and <i class="x">E. coli</i>', 'H2O and E. coli', 'TEXT_MARKUP'],
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
    ['that is empty', '', ''],
  ];
  for (const [what, written, clean, ...repairs] of cases) {
    it(`${what} comes out clean`, () => {
      const log = new RepairLog();
      expect(cleanText(written, log)).to.equal(clean);
      expect(log.repairs.map(({ code }) => code)).to.deep.equal(repairs);
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
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string({ unit: 'grapheme' })), { maxLength: 30 }), (parts) => {
        const clean = cleanText(parts.join(''), new RepairLog());
        expect(clean).to.equal(clean.trim().normalize('NFC'));
        // oxlint-disable-next-line no-control-regex
        expect(clean).to.not.match(/[\x00-\x1f\x7f-\x9f]|\s\s/);
        expect(Buffer.from(clean).toString()).to.equal(clean);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });

  it('is cleaned in linear time', () => {
    for (const scrap of ['<p ', '<script>', '<!--', '&amp', '&', ' ', 'Ã', '</']) {
      expect(cleanText(scrap.repeat(200_000 / scrap.length), new RepairLog())).to.be.a('string');
    }
  });
});
