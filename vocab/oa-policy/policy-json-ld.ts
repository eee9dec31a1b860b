import { z } from 'zod';
import { contextUrl } from '../context.ts';
import { policyCodes, policyElements, type PolicyElement } from './framework.ts';
import { policySchema, type Policy } from './policy.ts';

/** A policy as a node publishes it at `/policy`. */
export interface PublishedPolicy {
  policy: Policy;
  /** Of the last change; milliseconds since 1970. */
  updated: number;
}

/**
 * A node's policy as JSON-LD: `elements` lists what is stated, in the order of the framework, with the codes of the article
 * and what they mean.
 */
export function policyToJsonLd(
  { base, node, name }: { base: string; node: string; name: string },
  { policy, updated }: PublishedPolicy,
): Record<string, unknown> {
  const { elements, url, since } = policy;
  return {
    '@context': contextUrl(base),
    id: `${base}/policy`,
    type: 'OpenAccessPolicy',
    node,
    name,
    updated: new Date(updated).toISOString(),
    ...(url !== undefined && { page: url }),
    ...(since !== undefined && { since }),
    elements: policyElements.flatMap((element) => {
      const stated = elements[element];
      if (stated === undefined) return [];
      const { codes, statement } = stated;
      const meant = policyCodes[element].filter(({ code }) => codes.includes(code));
      return {
        element,
        codes: meant.map(({ code, label }) => ({ code, label })),
        ...(statement !== undefined && { statement }),
      };
    }),
  };
}

const published = z.object({
  type: z.literal('OpenAccessPolicy'),
  node: z.string().max(60),
  updated: z.iso.datetime(),
  page: z.string().max(2_000).optional(),
  since: z.string().max(10).optional(),
  elements: z
    .array(
      z.object({
        element: z.enum(policyElements),
        codes: z.array(z.object({ code: z.string().max(5) })).max(50),
        statement: z.string().max(4_000).optional(),
      }),
    )
    .max(policyElements.length),
});

/**
 * Another node's policy, from the document that it serves. Codes that are not known here, of a later framework, are left
 * out; the rest has to be right.
 * @returns undefined where the document is none
 */
export function policyFromJsonLd(document: unknown): (PublishedPolicy & { node: string }) | undefined {
  const read = published.safeParse(document);
  if (!read.success) return undefined;
  const { node, updated, page, since } = read.data;
  const elements: Partial<Record<PolicyElement, unknown>> = {};
  for (const { element, codes, statement } of read.data.elements) {
    const known = policyCodes[element].filter(({ code }) => codes.some((one) => one.code === code));
    elements[element] = {
      codes: known.map(({ code }) => code),
      ...(statement !== undefined && { statement }),
    };
  }
  const policy = policySchema.safeParse({
    elements,
    ...(page !== undefined && { url: page }),
    ...(since !== undefined && { since }),
  });
  return policy.success ? { policy: policy.data, node, updated: Date.parse(updated) } : undefined;
}
