import { expect } from 'chai';
import { worksAmong } from '../../../node/analysis/duplicates/clustering.ts';

const name = (n: number): string => String(n).padStart(4, '0');

/** Two groups of strong links, and between them weaker ones of all records but the last of the one and of the other. */
function twoGroups(size: number): { members: string[]; linksOf: (record: string) => Map<string, number> } {
  const members = Array.from({ length: 2 * size }, (_, n) => name(n));
  const links = new Map(members.map((record) => [record, new Map<string, number>()]));
  for (const a of members)
    for (const b of members) {
      const isWithin = a < name(size) === b < name(size);
      const isGap = [a, b].includes(name(size - 1)) && [a, b].includes(name(2 * size - 1));
      if (a !== b && !isGap) links.get(a)?.set(b, isWithin ? 30 : 20);
    }
  return { members, linksOf: (record) => links.get(record) ?? new Map() };
}

describe('works among linked records', () => {
  it('are kept apart by one contradiction, and found without looking at any two records again for each link', () => {
    const size = 60;
    const { members, linksOf } = twoGroups(size);
    let looks = 0;
    const works = worksAmong(members, {
      linksOf: (record) => {
        looks += 1;
        return linksOf(record);
      },
      areApart: () => true,
      areSaidApart: () => false,
    });
    expect(works).to.deep.equal([members.slice(0, size), members.slice(size)]);
    // Each pair once, and each record for its links.
    expect(looks).to.be.at.most((2 * size) ** 2);
  });

  it('stay apart from what a group that contradicts them has grown into', () => {
    const links = new Map([
      ['a', new Map([['b', 30]])],
      [
        'b',
        new Map([
          ['a', 30],
          ['c', 20],
        ]),
      ],
      [
        'c',
        new Map([
          ['b', 20],
          ['d', 18],
        ]),
      ],
      [
        'd',
        new Map([
          ['c', 18],
          ['a', 15],
        ]),
      ],
    ]);
    const works = worksAmong(['a', 'b', 'c', 'd'], {
      linksOf: (record) => links.get(record),
      areApart: (x, y) => x + y === 'ac' || x + y === 'ca',
      areSaidApart: () => false,
    });
    expect(works).to.deep.equal([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
