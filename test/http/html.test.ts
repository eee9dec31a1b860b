import { expect } from 'chai';
import fc from 'fast-check';
import { html as template, join } from '../../node/http/pages/html.ts';
import { resolverOf, webAddress } from '../../node/http/records/web-address.ts';

describe('a template of HTML', () => {
  it('escapes text and attribute values', () => {
    const nasty = `"><script>alert('1')</script>&amp;`;
    expect(template`<a title="${nasty}">${nasty}</a>`.markup).to.equal(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>',
    );
  });

  it('takes markup of its own as it is, and lists, and leaves out what is not there', () => {
    const items = ['a', 'b'].map((item) => template`<li>${item}</li>`);
    expect(template`<ul>${items}${undefined}${false}</ul>${3}`.markup).to.equal(
      '<ul><li>a</li><li>b</li></ul>3',
    );
    expect(join(['a', template`<b></b>`, '<'], ', ').markup).to.equal('a, <b></b>, &lt;');
  });

  it('leaves out the indentation of the source, but not of what is put in', () => {
    expect(
      template`<p>
      ${'a\n  b'}
    </p>`.markup,
    ).to.equal('<p>\na\n  b\n</p>');
  });

  it('lets no text become markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(template`${[text, [text]]}`.markup).not.to.match(/[<>"']/);
      }),
      { seed: 3 },
    );
  });
});

describe('an address from a record', () => {
  it('is linked when it is of the web', () => {
    expect(webAddress(' https://example.org/a?b=c#d ')).to.equal('https://example.org/a?b=c#d');
    expect(webAddress('http://exämple.org/ü')).to.equal('http://xn--exmple-cua.org/%C3%BC');
  });

  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/',
    '//example.org',
    'https://user:secret@example.org/',
    'vbscript:x',
    '',
  ]) {
    it(`is not linked when it is “${text}”`, () => {
      expect(webAddress(text)).to.equal(undefined);
    });
  }

  it('can end neither a header nor an attribute', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, end) => {
        expect(webAddress(url + end) ?? '')
          .to.match(/^[\x21-\x7e]*$/)
          .and.not.to.match(/[<>"\s\\]/);
      }),
      { seed: 4 },
    );
  });

  it('is where its identifier is resolved', () => {
    expect(resolverOf({ scheme: 'doi', value: '10.1002/(sici)1097<1:a>3.0;2-#' })).to.match(
      /^https:\/\/doi\.org\/10\.1002\/\(sici\)1097%3C1:a%3E3\.0;2-%23$/,
    );
    expect(resolverOf({ scheme: 'isbn', value: '9780000000000' })).to.equal(undefined);
    expect(resolverOf({ scheme: 'url', value: 'javascript:alert(1)' })).to.equal(undefined);
  });
});
