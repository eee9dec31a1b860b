import { expect } from 'chai';
import fc from 'fast-check';
import {
  element,
  raw,
  readXml,
  standaloneXml,
  withoutForbidden,
  xmlAttribute,
  xmlText,
} from '../../../vocab/xml/index.ts';

/** Any text that JavaScript can hold, halves of surrogate pairs too. */
const utf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe('writing XML', () => {
  it('escapes what it must and leaves out what XML cannot hold', () => {
    expect(xmlText('R & D <b> "q" ]]>')).to.equal('R &amp; D &lt;b&gt; "q" ]]&gt;');
    expect(xmlAttribute('a"b\n<')).to.equal('a&quot;b&#10;&lt;');
    expect(xmlText('a\u0000\u000b\ufffe\ud800b\r\n😀')).to.equal('ab&#13;\n😀');
    expect(xmlText('plain')).to.equal('plain');
  });

  it('builds elements, empty ones closed', () => {
    expect(element('a')).to.equal('<a/>');
    expect(element('a', { x: 1, y: undefined, z: '&' }, [raw('<b/>'), 'c<'])).to.equal(
      '<a x="1" z="&amp;"><b/>c&lt;</a>',
    );
  });

  it('comes back the same from the reader, for any text', () => {
    fc.assert(
      fc.property(utf16, utf16, (text, attribute) => {
        const read = readXml(element('a', { x: attribute }, text));
        expect(read.text).to.equal(withoutForbidden(text));
        expect(read.attributes['x']).to.equal(withoutForbidden(attribute));
      }),
    );
  });
});

describe('a piece of a document made to stand alone', () => {
  const outer = new Map([
    ['', 'urn:outer'],
    ['dc', 'http://purl.org/dc/elements/1.1/'],
    ['xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
    ['unused', 'urn:unused'],
  ]);

  function alone(piece: string): string {
    const text = `<r>${piece}</r>`;
    return standaloneXml(text, readXml(text).children[0]!, outer);
  }

  it('is what was written, where it declares what it uses', () => {
    const piece =
      '<dc:x\n  xmlns:dc="urn:dc" ><dc:title a = \'1\'>x &amp; <![CDATA[&nbsp;]]></dc:title></dc:x>';
    expect(alone(piece)).to.equal(piece);
  });

  it('gets the declarations that it relies on, for elements and attributes', () => {
    expect(alone('<dc:x xsi:nil="true"><y/></dc:x>')).to.equal(
      '<dc:x xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:outer" xsi:nil="true"><y/></dc:x>',
    );
  });

  it('has characters for entities that only HTML names', () => {
    expect(alone('<y xmlns="">a&nbsp;&lt;&LT;&eacute;<!-- &nbsp; --></y>')).to.equal(
      '<y xmlns="">a\u00a0&lt;&lt;é<!-- &nbsp; --></y>',
    );
  });
});
