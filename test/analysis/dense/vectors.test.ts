import { expect } from 'chai';
import { encodeRow, hashOf, hasHash, vectorOf } from '../../../node/analysis/dense/layout.ts';
import { likenessTo } from '../../../node/analysis/dense/likeness.ts';
import { cosine, quantised, type Vector } from '../../../node/analysis/dense/vectors.ts';
import { seededRandom } from '../../../scripts/random.ts';

const DIMENSIONS = 384;
const random = seededRandom(7).uniform;
/** Numbers around a direction that all have, as models give them. */
const aVector = (common = 0): Float32Array =>
  Float32Array.from({ length: DIMENSIONS }, (_, i) => random() - 0.5 + (i % 3 === 0 ? common : 0));

function exactCosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, one, i) => sum + one * (y[i] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

const small = (exact: Float32Array): Vector => {
  const vector = quantised(exact);
  if (vector === undefined) throw new TypeError('no direction');
  return vector;
};

describe('vectors in a byte a number', () => {
  it('have the cosines of the exact ones but for a hundredth, also from their rows', () => {
    for (let i = 0; i < 50; i++) {
      const [a, b] = [aVector(i / 50), aVector(i / 50)];
      const [x, y] = [a, b].map((exact) => vectorOf(encodeRow(hashOf('text'), small(exact))));
      if (x === undefined || y === undefined) throw new TypeError('no rows');
      expect(cosine(x, y)).to.be.closeTo(exactCosine(a, b), 0.01);
      expect(cosine(x, x)).to.be.closeTo(1, 1e-6);
    }
  });

  it('take no more than their numbers and 20 bytes', () => {
    const row = encodeRow(hashOf('text'), small(aVector()));
    expect(row).to.have.length(DIMENSIONS + 20);
    expect([hasHash(row, hashOf('text')), hasHash(row, hashOf('texts'))]).to.deep.equal([true, false]);
  });

  it('are none where there is no direction', () => {
    expect(quantised(new Float32Array(4))).to.equal(undefined);
    expect(quantised(Float32Array.of(1, Number.NaN))).to.equal(undefined);
    expect(quantised(Float32Array.of(1, Number.POSITIVE_INFINITY))).to.equal(undefined);
  });
});

describe('likeness in meaning', () => {
  it('is nothing for what has nothing in common, whatever the model gives to that', () => {
    for (const common of [0, 0.3, 1]) {
      const seed = aVector(common);
      const near = Float32Array.from(seed, (one) => one + (random() - 0.5) / 4);
      const atRandom = Array.from({ length: 64 }, () => small(aVector(common)));
      const likeness = likenessTo(small(seed), atRandom);
      const unrelated = Array.from({ length: 100 }, () => likeness(small(aVector(common))));
      expect(unrelated.filter((one) => one > 0).length, `of a hundred, ${common}`).to.be.at.most(10);
      expect(Math.max(...unrelated)).to.be.below(0.15);
      expect(likeness(small(near))).to.be.above(0.7);
      expect(likeness(small(seed))).to.be.closeTo(1, 1e-6);
    }
  });

  it('is the cosine where there are too few records to tell what is usual', () => {
    const [seed, other] = [small(aVector(1)), small(aVector(1))];
    expect(likenessTo(seed, [other])(other)).to.equal(cosine(seed, other));
  });
});
