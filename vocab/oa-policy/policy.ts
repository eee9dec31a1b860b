import { z } from 'zod';
import type { StatedElements } from './annex-1.ts';
import { policyCodes, policyElements, type PolicyElement } from './framework.ts';

const MAX_STATEMENT = 4_000;

function element(name: PolicyElement): z.ZodType<StatedElement> {
  const codes = policyCodes[name].map(({ code }) => code);
  return z.strictObject({
    codes: z
      .array(z.string().refine((code) => codes.includes(code), `one of ${codes.join(', ')}`))
      .max(codes.length)
      .refine((all) => new Set(all).size === all.length, 'each code once'),
    statement: z.string().trim().min(1).max(MAX_STATEMENT).exactOptional(),
  });
}

/** What an institution says in one element. */
export interface StatedElement {
  /** Codes of the framework, each once. */
  codes: string[];
  /** In the institution's own words. */
  statement?: string;
}

/** An institution's open access policy in the terms of the framework. */
export interface Policy {
  /** Of the elements that it states a policy on. */
  elements: Partial<Record<PolicyElement, StatedElement>>;
  /** The document that is binding. */
  url?: string;
  /** Since when it holds; `YYYY-MM-DD`. */
  since?: string;
}

/** A policy from a form or another node. */
export const policySchema: z.ZodType<Policy> = z.strictObject({
  elements: z.strictObject(Object.fromEntries(policyElements.map((name) => [name, element(name)]))).partial(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .exactOptional(),
  since: z.iso.date().exactOptional(),
});

/** The codes of a policy, as the survey has them. */
export function statedElements({ elements }: Policy): StatedElements {
  return Object.fromEntries(Object.entries(elements).map(([name, { codes }]) => [name, codes]));
}
