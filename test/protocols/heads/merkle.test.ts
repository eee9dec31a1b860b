import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { leafHash, merkleTree, ProvedTree, rootOf } from '../../../protocols/heads/merkle.ts';

const leavesArbitrary = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a Merkle tree (RFC 9162 §2.1)', () => {
  it('has the roots that the definition gives', () => {
    const h = (...parts: (Uint8Array | string)[]): Buffer =>
      createHash('sha256')
        .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
        .digest();
    const [a, b, c] = ['a', 'b', 'c'].map((leaf) => h('\0', leaf));
    if (a === undefined || b === undefined || c === undefined) throw new Error('no leaves');
    expect(hex(leafHash(Buffer.from('a')))).to.equal(hex(a));
    expect(hex(merkleTree([a]).root)).to.equal(hex(a));
    expect(hex(merkleTree([a, b, c]).root)).to.equal(hex(h('\u0001', h('\u0001', a, b), c)));
  });

  it('leads from each leaf by its path to the root, and from nothing else', () => {
    fc.assert(
      fc.property(leavesArbitrary, fc.nat(), fc.nat(), (contents, pick, other) => {
        const leaves = contents.map(leafHash);
        const { root, paths } = merkleTree(leaves);
        for (const [i, leaf] of leaves.entries()) {
          expect(hex(rootOf(leaf, i, leaves.length, paths[i] ?? []) ?? new Uint8Array())).to.equal(hex(root));
        }
        const i = pick % leaves.length;
        const leaf = leaves[i] ?? new Uint8Array();
        const path = paths[i] ?? [];
        const wrongIndex = (i + 1 + (other % Math.max(1, leaves.length - 1))) % leaves.length;
        const same = hex(leaves[wrongIndex] ?? new Uint8Array()) === hex(leaf);
        if (wrongIndex !== i && !same) {
          expect(hex(rootOf(leaf, wrongIndex, leaves.length, path) ?? new Uint8Array())).not.to.equal(
            hex(root),
          );
        }
        expect(rootOf(leaf, i, leaves.length, [...path, root])).to.equal(undefined);
        if (path.length > 0) expect(rootOf(leaf, i, leaves.length, path.slice(1))).to.equal(undefined);
        expect(rootOf(leaf, leaves.length, leaves.length, path)).to.equal(undefined);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is believed the same paths whatever was proved of it before', () => {
    const tampering = fc.record({
      leaf: fc.nat(),
      index: fc.nat(),
      step: fc.nat(),
      how: fc.constantFrom('no', 'no', 'leaf', 'index', 'step', 'shorter', 'longer'),
    });
    fc.assert(
      fc.property(leavesArbitrary, fc.array(tampering, { maxLength: 100 }), (contents, attempts) => {
        const leaves = contents.map(leafHash);
        const { root, paths } = merkleTree(leaves);
        const tree = new ProvedTree(root, leaves.length);
        for (const { leaf: pick, index: other, step, how } of attempts) {
          const i = pick % leaves.length;
          const path = [...(paths[i] ?? [])];
          if (how === 'step' && path.length > 0) path[step % path.length] = leafHash(Buffer.from('other'));
          if (how === 'shorter') path.pop();
          if (how === 'longer') path.push(root);
          const leaf = how === 'leaf' ? leafHash(Buffer.from('another')) : (leaves[i] ?? root);
          const index = how === 'index' ? other % (leaves.length + 1) : i;
          const expected = rootOf(leaf, index, leaves.length, path);
          const isRight = expected !== undefined && hex(expected) === hex(root);
          expect(tree.proves(leaf, index, path), `${how} ${i}`).to.equal(isRight);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
