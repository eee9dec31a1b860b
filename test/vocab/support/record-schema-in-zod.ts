import { z } from 'zod';
import {
  type Holding,
  type Record as NgrRecord,
  relationKinds,
  type Tombstone,
} from '../../../vocab/record.ts';

/**
 * The shape and the bounds of a holding that comes from another node.
 *
 * The bounds are generous for real records (some have 5,000 authors) and small enough that a page of them fits in memory.
 */
const line = z.string().max(4_000);
const text = z.string().max(100_000);
const iri = z.string().max(2_000);
const day = z.string().max(40);

const languageString = z.strictObject({ value: text, language: line.optional() });
const agent = z.strictObject({
  name: line,
  family: line.optional(),
  given: line.optional(),
  orcid: line.optional(),
  affiliation: line.optional(),
  ror: iri.optional(),
  kind: z.enum(['person', 'organisation', 'unknown']),
});
const identifier = z.strictObject({
  scheme: z.enum(['doi', 'handle', 'urn', 'isbn', 'issn', 'pmid', 'arxiv', 'url']),
  value: iri,
});
const accessRight = z.enum(['open', 'embargoed', 'restricted', 'metadata-only']);

const holdingBase = {
  id: iri,
  node: z.string().max(100),
  oaiIdentifier: iri,
  sets: z.array(line).max(1_000),
  datestamp: day,
};

const recordSchema = z.strictObject({
  ...holdingBase,
  titles: z.array(languageString).max(100),
  creators: z.array(agent).max(10_000),
  contributors: z.array(agent).max(10_000),
  abstracts: z.array(languageString).max(100),
  subjects: z.array(languageString).max(1_000),
  published: day.optional(),
  publisher: line.optional(),
  languages: z.array(line).max(100),
  type: iri.optional(),
  version: iri.optional(),
  access: z.strictObject({ right: accessRight, embargoEnds: day.optional() }).optional(),
  licence: iri.optional(),
  identifiers: z.array(identifier).max(1_000),
  publishedDoi: iri.optional(),
  relations: z
    .array(
      z.strictObject({
        kind: z.enum(relationKinds),
        target: identifier,
      }),
    )
    .max(5_000),
  funding: z
    .array(z.strictObject({ funder: line.optional(), funderId: iri.optional(), award: line.optional() }))
    .max(1_000),
  source: z
    .strictObject({
      title: line.optional(),
      volume: line.optional(),
      issue: line.optional(),
      pages: line.optional(),
      citation: line.optional(),
    })
    .optional(),
  files: z
    .array(
      z.strictObject({
        url: iri,
        format: line.optional(),
        length: z.number().int().nonnegative().optional(),
        sha256: line.optional(),
        access: accessRight,
        text: z.enum(['extracted', 'without-text', 'unavailable']).optional(),
        withdrawn: z.strictObject({ reason: line, at: z.number().int() }).optional(),
      }),
    )
    .max(10_000),
  references: z
    .array(
      z.strictObject({
        text: line,
        identifier: identifier.optional(),
        title: line.optional(),
        year: day.optional(),
      }),
    )
    .max(1_000),
  detected: z
    .strictObject({ language: z.string().max(40), confidence: z.number().int().min(0).max(100) })
    .optional(),
  provenance: z.strictObject({ source: iri, format: line, harvestedAt: z.number().int() }),
  raw: z.array(z.strictObject({ format: line, text: z.string().max(2_000_000) })).max(20),
});

const tombstoneSchema = z.strictObject({
  ...holdingBase,
  titles: z.array(languageString).max(100),
  identifiers: z.array(identifier).max(1_000),
  tombstone: z.strictObject({
    kind: z.enum(['withdrawn', 'deleted']),
    reason: line,
    at: z.number().int(),
  }),
});

/** The value as a holding, or the path of the first thing that is wrong with it. */
export function checkInZod(value: unknown): { holding: Holding } | { problem: string } {
  const isTomb = typeof value === 'object' && value !== null && 'tombstone' in value;
  const result = (isTomb ? tombstoneSchema : recordSchema).safeParse(value);
  if (result.success) return { holding: result.data as NgrRecord | Tombstone };
  const issue = result.error.issues[0];
  return { problem: issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}` };
}
