import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  blockId,
  blockOf,
  bucketOf,
  depthOf,
  isSure,
  isWeak,
  partOf,
} from '../../../node/analysis/duplicates/block-id.ts';
import { decodeEntry, encodeEntry, placeOf } from '../../../node/analysis/duplicates/entry.ts';
import { mayBeOneWork, OUTLINE, outlineOf } from '../../../node/analysis/duplicates/outline.ts';
import { Postings } from '../../../node/analysis/duplicates/postings.ts';
import { Register } from '../../../node/analysis/duplicates/register.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { workProfile, type WorkProfile } from '../../../vocab/same-work/index.ts';
import { aHolding, keyOf } from './driven-duplicates.ts';

function profileOf(parts: Partial<HarvestedRecord>): WorkProfile {
  const holding = aHolding(1, parts);
  if (isTombstone(holding)) throw new TypeError('a record was expected');
  return workProfile(holding);
}

const outlineFor = (title: string, authors: string[], parts: Partial<HarvestedRecord> = {}): Uint32Array =>
  outlineOf(
    profileOf({
      titles: [{ value: title }],
      creators: authors.map((name) => ({ name, kind: 'person' })),
      ...parts,
    }),
  );

describe('duplicates: what is held of each record in memory', () => {
  it('a register finds each record by its key and its number, whatever came and went', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 200 }), (turns) => {
        const register = new Register();
        const expected = new Map<string, number>();
        for (const n of turns) {
          const key = keyOf(n);
          const held = expected.get(key);
          if (held === undefined) {
            const [number = -1] = register.vacant(1);
            expect([...expected.values()]).to.not.include(number);
            register.enter(number, key, new Uint32Array(OUTLINE).fill(n));
            expected.set(key, number);
          } else {
            register.strike(held);
            expected.delete(key);
          }
          for (const [other, number] of expected) {
            expect(register.numberOf(other)).to.equal(number);
            expect(register.keyOf(number)).to.equal(other);
          }
          expect(register.numberOf(key)).to.equal(expected.get(key));
        }
      }),
      { numRuns: 30, seed: 6_010 },
    );
  });

  it('a register grows, and keeps its outlines', () => {
    const register = new Register();
    for (let n = 0; n < 5_000; n++) register.enter(n, keyOf(n), new Uint32Array(OUTLINE).fill(n));
    for (const n of [0, 614, 615, 4_095, 4_096, 4_999]) {
      expect(register.numberOf(keyOf(n))).to.equal(n);
      expect([...register.outlineOf(n)]).to.deep.equal(Array.from({ length: OUTLINE }, () => n));
    }
  });

  it('postings tell who lies in a block, of few records and of many', () => {
    const postings = new Postings();
    const [one, other] = [blockOf(1, 'one', 'plain'), blockOf(1, 'other', 'plain')];
    for (let n = 0; n < 20; n++) postings.add(n % 4 === 0 ? other : one, n);
    postings.remove(one, 5);
    expect([...postings.of(other)].sort((a, b) => a - b)).to.deep.equal([0, 4, 8, 12, 16]);
    postings.setApart(one);
    postings.add(one, 30);
    postings.remove(one, 6);
    const left = [1, 2, 3, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19, 30];
    expect([...postings.of(one)].sort((a, b) => a - b)).to.deep.equal(left);
    postings.takeBack(one);
    expect([...postings.of(one)].sort((a, b) => a - b)).to.deep.equal(left);
    expect([...postings.of(blockOf(1, 'a third', 'plain'))]).to.deep.equal([]);
  });

  it('postings of one bucket tell the same as a plain map, whatever comes, goes and is set apart', () => {
    // Places in the order of their bits above and below 2^31, neighbours among them.
    const blocks = [0, 1, 2, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1].map((other) =>
      blockId(5, other, 'plain'),
    );
    const step = fc.tuple(
      fc.constantFrom('add', 'add', 'add', 'remove', 'turn'),
      fc.constantFrom(...blocks),
      fc.nat(30),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const postings = new Postings();
        const plain = new Map(blocks.map((block) => [block, new Set<number>()]));
        for (const [what, block, record] of steps) {
          const records = plain.get(block);
          if (what === 'turn') {
            if (postings.isApart(block)) postings.takeBack(block);
            else postings.setApart(block);
          } else if (what === 'add' && records?.has(record) === false) {
            postings.add(block, record);
            records.add(record);
          } else if (what === 'remove') {
            postings.remove(block, record);
            records?.delete(record);
          }
        }
        for (const block of blocks)
          expect([...postings.of(block)].toSorted((a, b) => a - b)).to.deep.equal(
            [...(plain.get(block) ?? [])].toSorted((a, b) => a - b),
          );
      }),
      { numRuns: 300, seed: 6_020 },
    );
  });

  it('a block keeps what it tells when it is parted', () => {
    for (const telling of ['sure', 'plain', 'weak'] as const) {
      const block = blockOf(7, 'text', telling);
      const part = partOf(partOf(block, 12), -1);
      expect([isSure(part), isWeak(part)]).to.deep.equal([telling === 'sure', telling === 'weak']);
      expect([depthOf(block), depthOf(part)]).to.deep.equal([0, 2]);
      expect(part).to.not.equal(block);
      expect(Number.isSafeInteger(part) && bucketOf(part) < 2 ** 15).to.equal(true);
    }
  });

  it('an entry comes back from disk as it was', () => {
    const place = placeOf(profileOf({ titles: [{ value: 'Open repositories: a study' }] }));
    const { key, outline, blocks } = decodeEntry(encodeEntry(keyOf(9), place));
    expect(key).to.equal(keyOf(9));
    expect(outline).to.deep.equal(place.outline);
    expect(blocks).to.deep.equal([...place.blocks]);
  });
});

describe('duplicates: which records that met are worth comparing', () => {
  const authors = ['Knoth, Petr', 'Pontika, Nancy'];
  const one = outlineFor('Open repositories and their networks', authors);

  it('those with most of the words, or some of the words and a name', () => {
    expect(mayBeOneWork(one, outlineFor('Open repositroies and their networks', ['Li, Wei']))).to.equal(true);
    expect(mayBeOneWork(one, outlineFor('Networks of repositories in Africa', ['Knoth, P.']))).to.equal(true);
  });

  it('those of the same authors, where the titles are in two languages', () => {
    const other = outlineFor('Los repositorios abiertos y las redes de la ciencia', authors);
    expect(
      mayBeOneWork(outlineFor('The repositories of the world and how they grow', authors), other),
    ).to.equal(true);
  });

  it('not two works of the same authors, nor two works of other authors on the same pages', () => {
    expect(mayBeOneWork(one, outlineFor('Text mining of research papers', authors))).to.equal(false);
    const pages = { source: { title: 'D-Lib Magazine', pages: '1-9' } };
    const there = outlineFor('Open repositories and their networks', authors, pages);
    expect(mayBeOneWork(there, outlineFor('Text mining', ['Li, Wei'], pages))).to.equal(false);
  });

  it('those of which one does not say what the other says', () => {
    expect(mayBeOneWork(one, outlineFor('', authors))).to.equal(true);
    expect(mayBeOneWork(one, outlineFor('Open repositories and their networks', []))).to.equal(true);
  });
});
