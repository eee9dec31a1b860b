import { expect } from 'chai';
import type { FeedState } from '../../../node/catalogue/index.ts';
import { HeadNews } from '../../../node/federation/heads/head-news.ts';
import { SetDigest, type SignedHead } from '../../../protocols/heads/index.ts';

function aState(node: string, seq: number, parts: Partial<SignedHead> = {}): FeedState {
  const digest = SetDigest.empty();
  const head: SignedHead = {
    node,
    base: 'https://n.example',
    name: node,
    networks: ['n'],
    seq,
    live: seq,
    setDigest: digest.digest(),
    time: 0,
    signature: new Uint8Array(64),
    ...parts,
  };
  return { node, seq, live: seq, records: seq, bytes: 0, digest, head };
}

const all = (): boolean => true;
const named = (news: { heads: SignedHead[] }): string[] =>
  news.heads.map(({ node, seq }) => `${node} ${seq}`);

describe('the news of heads', () => {
  let states: FeedState[];
  let news: HeadNews;
  beforeEach(() => {
    states = [aState('a', 1), aState('b', 1)];
    news = new HeadNews(() => states);
  });

  const tell = (node: string, limit = 10): string[] => {
    const told = news.for(node, all, limit);
    news.told(node, told);
    return named(told);
  };

  it('are told once to each', () => {
    expect(tell('x')).to.deep.equal(['a 1', 'b 1']);
    expect(tell('x')).to.deep.equal([]);
    expect(tell('y')).to.deep.equal(['a 1', 'b 1']);
    states = [aState('a', 1), aState('b', 2)];
    expect(tell('x')).to.deep.equal(['b 2']);
    expect(tell('y')).to.deep.equal(['b 2']);
  });

  it('are not a head that was only signed anew', () => {
    tell('x');
    states = [aState('a', 1, { time: 99 }), aState('b', 1)];
    expect(tell('x')).to.deep.equal([]);
  });

  it('are a head that names other networks', () => {
    tell('x');
    states = [aState('a', 1, { networks: ['n', 'm'] }), aState('b', 1)];
    expect(tell('x')).to.deep.equal(['a 1']);
  });

  it('are told again to who may have missed them', () => {
    news.for('x', all, 10);
    expect(tell('x')).to.deep.equal(['a 1', 'b 1']);
    news.forget('x');
    expect(tell('x')).to.deep.equal(['a 1', 'b 1']);
  });

  it('come in turns where they are many, oldest first, and none is left out', () => {
    states = Array.from({ length: 7 }, (_, i) => aState(`f${i}`, 1));
    const told: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      told.push(...tell('x', 3));
      states = states.map((state, i) => (i === 0 ? aState('f0', turn + 2) : state));
    }
    expect(new Set(told.map((one) => one.split(' ')[0])).size).to.equal(7);
  });

  it('leave out what does not concern a node, and feeds that are not whole here', () => {
    const incomplete = { ...aState('c', 3), seq: 2 };
    states = [...states, incomplete];
    expect(named(news.for('x', ({ node }) => node === 'b', 10))).to.deep.equal(['b 1']);
    expect(tell('x')).to.deep.equal(['a 1', 'b 1']);
  });
});
