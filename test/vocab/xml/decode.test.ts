import { expect } from 'chai';
import fc from 'fast-check';
import { charsetOf, decodeXml } from '../../../vocab/xml/index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('decoding XML', () => {
  const cases: [
    what: string,
    bytes: Uint8Array,
    charset: string | undefined,
    text: string,
    trouble: RegExp | undefined,
  ][] = [
    ['UTF-8 without a word', utf8('<a>é</a>'), undefined, '<a>é</a>', undefined],
    ['a byte order mark, which is left out', utf8('\ufeff<a>é</a>'), 'iso-8859-1', '<a>é</a>', undefined],
    ['UTF-16 with a mark', Buffer.from('\ufeff<a>é</a>', 'utf16le'), 'utf-8', '<a>é</a>', undefined],
    [
      'UTF-16 without a mark',
      Buffer.from('<?xml version="1.0"?><a>é</a>', 'utf16le'),
      undefined,
      '<?xml version="1.0"?><a>é</a>',
      undefined,
    ],
    ['the charset of HTTP', latin1('<a>é</a>'), 'ISO-8859-1', '<a>é</a>', undefined],
    [
      'the XML declaration',
      latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'),
      undefined,
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
      undefined,
    ],
    [
      'a charset of HTTP that the bytes contradict',
      utf8('<a>é</a>'),
      'iso-8859-1',
      '<a>é</a>',
      /declared as iso-8859-1, but the bytes are UTF-8/,
    ],
    [
      'UTF-8 with stray bytes of windows-1252',
      Buffer.concat([utf8('<a>é'), latin1('\xe9\x96'), utf8('é</a>')]),
      undefined,
      '<a>éé–é</a>',
      /2 bytes are not/,
    ],
    [
      'UTF-8 with one stray byte',
      Buffer.concat([utf8('<a>é'), latin1('\xe9'), utf8('</a>')]),
      undefined,
      '<a>éé</a>',
      /^taken for UTF-8, but one byte is not; it was read/,
    ],
    [
      'surrogate halves of three bytes each (CESU-8)',
      Buffer.concat([utf8('<a>'), latin1('\xed\xa0\xbd\xed\xb8\x80'), utf8('</a>')]),
      undefined,
      '<a>😀</a>',
      /6 bytes are not/,
    ],
    [
      'ASCII that is labelled as UTF-16',
      utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'),
      undefined,
      '<?xml version="1.0" encoding="UTF-16"?><a/>',
      /declared as UTF-16/,
    ],
    ['a charset that nobody knows', utf8('<a/>'), 'x-nonsense', '<a/>', /no known encoding/],
    [
      'Japanese in escapes',
      Buffer.from('<a>\x1b$B4A\x1b(B</a>', 'latin1'),
      'iso-2022-jp',
      '<a>漢</a>',
      undefined,
    ],
  ];
  for (const [what, bytes, charset, text, trouble] of cases) {
    it(`reads ${what}`, () => {
      const decoded = decodeXml(bytes, charset);
      expect(decoded.text).to.equal(text);
      if (trouble === undefined) expect(decoded.trouble).to.equal(undefined);
      else expect(decoded.trouble).to.match(trouble);
    });
  }

  it('never throws, and keeps all UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.option(fc.string(), { nil: undefined }), (bytes, charset) => {
        expect(decodeXml(bytes, charset).text).to.be.a('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeXml(utf8(`<a>${text}`)).text).to.equal(`<a>${text}`);
      }),
    );
  });

  it('finds the charset of a content type', () => {
    expect(charsetOf('text/xml; charset=UTF-8')).to.equal('UTF-8');
    expect(charsetOf('text/xml;foo=1; Charset="iso-8859-1"')).to.equal('iso-8859-1');
    expect(charsetOf('text/xml')).to.equal(undefined);
    expect(charsetOf(null)).to.equal(undefined);
  });
});
