import { expect } from 'chai';
import fc from 'fast-check';
import { element, raw, readXml, withoutForbidden, XmlElement, XmlError } from '../../../vocab/xml/index.ts';

const dc = 'http://purl.org/dc/elements/1.1/';

describe('reading XML', () => {
  it('gives a tree with names, attributes, text and tails', () => {
    const text = '<a x="1"><b:c xmlns:b="urn:b" y="&lt;2">one<i>two</i>three</b:c>tail</a>';
    const root = readXml(text);
    const [child] = root.children;
    expect(root).to.include({ name: 'a', prefix: '', local: 'a', namespace: '', text: '' });
    expect(child).to.include({
      name: 'b:c',
      prefix: 'b',
      local: 'c',
      namespace: 'urn:b',
      text: 'one',
      tail: 'tail',
    });
    expect({ ...child!.attributes }).to.deep.equal({ 'xmlns:b': 'urn:b', y: '<2' });
    expect(child!.content()).to.equal('onetwothree');
    expect(text.slice(child!.start, child!.end)).to.equal(
      '<b:c xmlns:b="urn:b" y="&lt;2">one<i>two</i>three</b:c>',
    );
  });

  it('resolves namespaces by their scope, whatever the prefix', () => {
    const root = readXml(`<r xmlns="urn:r"><x:t xmlns:x="${dc}"><x:u/></x:t><t xmlns=""/><x:t/></r>`);
    expect(root.children.map((child) => child.namespace)).to.deep.equal([dc, '', '']);
    expect(root.children[0]!.children[0]!.namespace).to.equal(dc);
    expect(root.namespace).to.equal('urn:r');
  });

  it('takes declarations from outside for a piece of a document', () => {
    const piece = readXml('<dc:title>x</dc:title>', { namespaces: new Map([['dc', dc]]) });
    expect(piece.namespace).to.equal(dc);
  });

  it('joins CDATA, references and text, and leaves comments out', () => {
    expect(readXml('<a>1<![CDATA[<&]]>2<!-- no -->&#233;&amp;&nbsp;&hellip;</a>').text).to.equal(
      '1<&2é&\u00a0…',
    );
  });

  it('ends lines as XML asks', () => {
    expect(readXml('<a>1\r\n2\r3</a>').text).to.equal('1\n2\n3');
  });

  it('knows attributes and elements with the names of object members', () => {
    const root = readXml('<__proto__ constructor="1" __proto__="2"><toString/></__proto__>');
    expect(root.local).to.equal('__proto__');
    expect(root.attributes['__proto__']).to.equal('2');
    expect(root.child('toString')?.name).to.equal('toString');
    expect(root.child('hasOwnProperty')).to.equal(undefined);
    expect(root.attributes['toString']).to.equal(undefined);
  });

  const refused: [what: string, text: string, code: string][] = [
    ['nothing', '', 'XML_NOT_WELL_FORMED'],
    ['text', 'hello', 'XML_NOT_WELL_FORMED'],
    ['an element left open', '<a><b></b>', 'XML_NOT_WELL_FORMED'],
    ['elements that cross', '<a><b></a></b>', 'XML_NOT_WELL_FORMED'],
    ['two roots', '<a/><b/>', 'XML_NOT_WELL_FORMED'],
    ['a bare ampersand', '<a>R & D</a>', 'XML_NOT_WELL_FORMED'],
    ['an unknown entity', '<a>&foo;</a>', 'XML_NOT_WELL_FORMED'],
    ['an entity named like an object member', '<a>&constructor;</a>', 'XML_NOT_WELL_FORMED'],
    ['a control character', '<a>\u0001</a>', 'XML_NOT_WELL_FORMED'],
    ['a reference to a control character', '<a>&#1;</a>', 'XML_NOT_WELL_FORMED'],
    ['an attribute given twice', '<a x="1" x="2"/>', 'XML_NOT_WELL_FORMED'],
    ['a document type', '<!DOCTYPE a><a/>', 'XML_DOCTYPE'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'XML_DOCTYPE'],
    ['an outside entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'XML_DOCTYPE'],
    ['more depth than 100', '<a>'.repeat(101) + '</a>'.repeat(101), 'XML_TOO_DEEP'],
    [
      'more attributes than 256',
      `<a ${Array.from({ length: 257 }, (_, i) => `x${i}=""`).join(' ')}/>`,
      'XML_TOO_MANY_ATTRIBUTES',
    ],
  ];
  for (const [what, text, code] of refused) {
    it(`refuses ${what} with ${code}`, () => {
      expect(() => readXml(text))
        .to.throw(XmlError)
        .with.property('code', code);
    });
  }

  it('bounds length and elements', () => {
    expect(() => readXml('<a>123</a>', { limits: { length: 5 } }))
      .to.throw(XmlError)
      .with.property('code', 'XML_TOO_LARGE');
    expect(() => readXml('<a><b/><b/></a>', { limits: { elements: 2 } }))
      .to.throw(XmlError)
      .with.property('code', 'XML_TOO_MANY_ELEMENTS');
    expect(readXml('<a>'.repeat(100) + '</a>'.repeat(100)).name).to.equal('a');
  });

  it('says where reading stopped', () => {
    const error = caught('<a>\n  <b>&foo;</b>\n</a>');
    expect(error.position).to.deep.equal({ line: 2, column: 11, offset: 14 });
    expect(error.message).to.match(/not well-formed: undefined entity \(line 2, column 11\)$/);
    expect(error.remedy).to.be.a('string');
  });

  it('reads back any tree that was written', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
    const text = fc.string({ unit: 'grapheme' }).map(withoutForbidden);
    const tree = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        name,
        attributes: fc.dictionary(
          name.filter((n) => !n.startsWith('xmlns')),
          text,
          { maxKeys: 3 },
        ),
        text,
        children: fc.oneof(
          { maxDepth: 3 },
          fc.constant<[Tree, string][]>([]),
          fc.array(fc.tuple(tie('tree'), text), { maxLength: 3 }),
        ),
      }),
    })).tree;
    fc.assert(
      fc.property(tree, (written) => {
        expect(plain(readXml(markup(written)))).to.deep.equal(written);
      }),
    );
  });

  it('throws nothing but XmlError, on any text', () => {
    const scraps = fc.constantFrom(
      '<a',
      '>',
      '</a>',
      '<',
      '&',
      ';',
      '&#x',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '"',
      '=',
      'xmlns:',
      ':',
      '<!DOCTYPE',
      '[',
      'é',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 30 }), (parts) => {
        try {
          expect(readXml(parts.join(''))).to.be.instanceOf(XmlElement);
        } catch (error) {
          expect(error).to.be.instanceOf(XmlError);
        }
      }),
    );
  });
});

interface Tree {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: [Tree, string][];
}

function markup({ name, attributes, text, children }: Tree): string {
  const content = [text, ...children.flatMap(([child, tail]) => [raw(markup(child)), tail])];
  return element(name, attributes, content);
}

function plain({ name, attributes, text, children }: XmlElement): Tree {
  const attributesWithPrototype = Object.assign(Object.create(null) as Record<string, string>, attributes);
  return {
    name,
    attributes: attributesWithPrototype,
    text,
    children: children.map((child) => [plain(child), child.tail]),
  };
}

function caught(text: string): XmlError {
  try {
    readXml(text);
  } catch (error) {
    if (error instanceof XmlError) return error;
  }
  throw new Error('nothing was thrown');
}
