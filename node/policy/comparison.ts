import {
  countElements,
  policyElements,
  statedElements,
  type Policy,
  type PolicyElement,
  type StatedElements,
} from '../../vocab/oa-policy/index.ts';

/** Institutions that one's own is held against. */
interface Group {
  name: string;
  stated: readonly StatedElements[];
}

interface ElementComparison {
  element: PolicyElement;
  /** Whether the own policy states it. */
  isStated: boolean;
  /** How many of the group do. */
  institutions: number;
  /** How many of the group state each code, those that anybody states, most first; and whether the own policy does. */
  codes: { code: string; institutions: number; isStated: boolean }[];
}

export interface Comparison {
  group: string;
  /** How many institutions the group has. */
  institutions: number;
  elements: ElementComparison[];
}

/** An institution's policy beside those of a group: what the others state, and what it does not. */
export function comparePolicies(own: Policy | undefined, { name, stated }: Group): Comparison {
  const ours: StatedElements = own === undefined ? {} : statedElements(own);
  const counts = countElements(stated);
  return {
    group: name,
    institutions: stated.length,
    elements: policyElements.map((element) => {
      const count = counts.find((one) => one.element === element);
      const codes = [...(count?.codes ?? [])].map(([code, institutions]) => ({
        code,
        institutions,
        isStated: ours[element]?.includes(code) ?? false,
      }));
      return {
        element,
        isStated: ours[element] !== undefined,
        institutions: count?.institutions ?? 0,
        codes: codes
          .filter(({ institutions, isStated }) => institutions > 0 || isStated)
          .sort((a, b) => b.institutions - a.institutions),
      };
    }),
  };
}
