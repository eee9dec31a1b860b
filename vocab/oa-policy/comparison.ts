import type { StatedElements } from './annex-1.ts';
import { policyCodes, policyElements, type PolicyElement } from './framework.ts';

/** How many of a group state an element, and each of its codes. */
export interface ElementCount {
  element: PolicyElement;
  institutions: number;
  /** By code, every code of the element. */
  codes: ReadonlyMap<string, number>;
}

/** What the institutions of a group state, by element in the order of the framework. An institution counts once a code. */
export function countElements(group: Iterable<StatedElements>): ElementCount[] {
  const counts = policyElements.map((element) => ({
    element,
    institutions: 0,
    codes: new Map(policyCodes[element].map(({ code }) => [code, 0])),
  }));
  for (const stated of group) {
    for (const count of counts) {
      const codes = stated[count.element];
      if (codes === undefined) continue;
      count.institutions += 1;
      for (const code of new Set(codes)) {
        const before = count.codes.get(code);
        if (before !== undefined) count.codes.set(code, before + 1);
      }
    }
  }
  return counts;
}
