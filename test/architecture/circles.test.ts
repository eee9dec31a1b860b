import { expect } from 'chai';
import { imports, type Import } from './source-imports.ts';

/**
 * The circles in which files import one another: the largest sets of which each file leads to each other one (strongly connected
 * components, by Tarjan's algorithm), and files that import themselves.
 */
function circlesOf(arrows: readonly Import[]): string[][] {
  const importedBy = new Map<string, string[]>();
  for (const { from, to } of arrows) importedBy.set(from, [...(importedBy.get(from) ?? []), to]);
  const circles: string[][] = [];
  const numbers = new Map<string, number>();
  const path: string[] = [];
  /** @returns the lowest number on the path that the file leads back to */
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    path.push(file);
    const at = path.length - 1;
    let lowest = number;
    for (const imported of importedBy.get(file) ?? []) {
      const known = numbers.get(imported);
      lowest = Math.min(lowest, known ?? visit(imported));
    }
    if (lowest < number) return lowest;
    const circle = path.splice(at);
    // They are done with: nothing that comes later leads back to them.
    for (const one of circle) numbers.set(one, Infinity);
    if (circle.length > 1 || importedBy.get(file)?.includes(file) === true) circles.push(circle.toSorted());
    return Infinity;
  };
  for (const file of importedBy.keys()) if (!numbers.has(file)) visit(file);
  return circles;
}

/** A circle for whoever has to break it up: each import in it. */
function told(circle: readonly string[]): string {
  const within = imports.filter(({ from, to }) => circle.includes(from) && circle.includes(to));
  return `${circle.length} files: ${within.map(({ from, to }) => `${from} -> ${to}`).join(', ')}`;
}

describe('the imports, types among them', () => {
  it('lead no file back to itself', () => {
    expect(circlesOf(imports).map(told)).to.deep.equal([]);
  });

  it('would be told if they did', () => {
    const arrows = ['a b', 'b c', 'c a', 'c d', 'd e', 'f e', 'g g', 'h i', 'i h', 'i a'].map((one) => {
      const [from = '', to = ''] = one.split(' ');
      return { from, to };
    });
    expect(circlesOf(arrows)).to.have.deep.members([['a', 'b', 'c'], ['g'], ['h', 'i']]);
  });
});
