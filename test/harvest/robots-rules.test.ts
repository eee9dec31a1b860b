import { expect } from 'chai';
import { RobotsRules } from '../../node/harvest/robots-rules.ts';

const HOST = 'https://repository.example';

function rules(text: string): RobotsRules {
  return new RobotsRules(`${HOST}/robots.txt`, text);
}

describe('a robots.txt', () => {
  it('forbids by its longest rule, and allows where two are as long', () => {
    const all = rules('User-agent: *\nDisallow: /bitstream\nAllow: /bitstream/open\nDisallow: /x\nAllow: /x');
    expect(all.allows(`${HOST}/bitstream/1.pdf`)).to.equal(false);
    expect(all.allows(`${HOST}/bitstream/open/1.pdf`)).to.equal(true);
    expect(all.allows(`${HOST}/x`)).to.equal(true);
    expect(all.allows(`${HOST}/other`)).to.equal(true);
  });

  it('speaks to this node by its own group, where it has one', () => {
    const own = rules(
      'User-agent: *\nDisallow: /\n\nUSER-AGENT: ngr-node/1.0\nDisallow: /private\nCrawl-delay: 2.5',
    );
    expect(own.allows(`${HOST}/1.pdf`)).to.equal(true);
    expect(own.allows(`${HOST}/private/1.pdf`)).to.equal(false);
    expect(own.crawlDelay).to.equal(2_500);
  });

  it('does not mind groups of other robots', () => {
    const other = rules('User-agent: GreedyBot\nUser-agent: Other\nDisallow: /\nCrawl-delay: 9');
    expect(other.allows(`${HOST}/1.pdf`)).to.equal(true);
    expect(other.crawlDelay).to.equal(undefined);
  });

  it('may name several robots for one group, and put a robot in several', () => {
    const several = rules('User-agent: A\nUser-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b');
    expect([`${HOST}/a`, `${HOST}/b`, `${HOST}/c`].map((url) => several.allows(url))).to.deep.equal([
      false,
      false,
      true,
    ]);
  });

  for (const [name, text] of [
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html><html><body>Not found</body></html>'],
    ['a delay that is none', 'User-agent: *\nCrawl-delay: soon'],
    ['a delay below zero', 'User-agent: *\nCrawl-delay: -5'],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /private'],
  ] as const) {
    it(`is read where it is ${name}`, () => {
      const read = rules(text);
      expect(read.allows(`${HOST}/1.pdf`)).to.equal(true);
      expect(read.crawlDelay).to.equal(undefined);
    });
  }

  it('has no more rules than can be matched at once, and those with wildcards are fewer', () => {
    const many = rules(
      ['User-agent: *', ...Array.from({ length: 20_000 }, (_, i) => `Disallow: /private/${i}$`)].join('\n'),
    );
    expect(many.allows(`${HOST}/private/1999`)).to.equal(false);
    expect(many.allows(`${HOST}/private/2000`)).to.equal(true);
    const patterns = rules(
      [
        'User-agent: *',
        ...Array.from({ length: 20 }, (_, i) => `Disallow: /${'*a'.repeat(495)}${i}`),
        'Disallow: /private',
      ].join('\n'),
    );
    expect(patterns.size).to.be.lessThan(50_000);
    expect(patterns.allows(`${HOST}/private`)).to.equal(false);
  });

  it('costs no more than its length, however many robots and rules it names', () => {
    const names = Array.from({ length: 15_000 }, (_, i) => `User-agent: robot${i}`);
    const text = [...names, 'User-agent: *', ...Array.from({ length: 20_000 }, () => 'Disallow: /a')].join(
      '\n',
    );
    const many = rules(text);
    expect(many.size).to.be.lessThan(2_000_000);
    expect(many.allows(`${HOST}/a`)).to.equal(false);
  });
});
