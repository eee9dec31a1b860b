import { z } from 'zod';
import { keyOfIri } from '../../vocab/record-key.ts';
import { oneLine, shorten } from './print.ts';

/** A record or tombstone in a list, as far as commands show it. The rest is kept, for `--json`. */
export const itemSchema = z.looseObject({
  id: z.string(),
  oaiIdentifier: z.string(),
  titles: z.array(z.looseObject({ value: z.string() })),
  creators: z.array(z.looseObject({ name: z.string() })).optional(),
  published: z.looseObject({ value: z.string() }).optional(),
  tombstone: z.looseObject({ kind: z.string(), reason: z.string() }).optional(),
  reasons: z.array(z.string()).optional(),
});
export type Item = z.output<typeof itemSchema>;

/** A list of the node's (Activity Streams 2.0, OrderedCollection). */
export const listOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<
  { orderedItems: z.ZodArray<T>; totalItems: z.ZodOptional<z.ZodNumber>; next: z.ZodOptional<z.ZodString> },
  z.core.$loose
> =>
  z.looseObject({
    orderedItems: z.array(item),
    totalItems: z.number().optional(),
    next: z.string().optional(),
  });

const CREATORS_SHOWN = 3;

/** A few lines that tell a person which record it is, where it is from, and by which names commands know it. */
export function itemLines(item: Item, width: number): string[] {
  const { id, oaiIdentifier, titles, creators = [], published, tombstone, reasons = [] } = item;
  const year = published === undefined ? '' : ` (${oneLine(published.value).slice(0, 4)})`;
  const title = shorten(titles[0]?.value ?? '(no title)', width - year.length);
  const people = creators.slice(0, CREATORS_SHOWN).map(({ name }) => oneLine(name));
  const others = creators.length > CREATORS_SHOWN ? ' and others' : '';
  return [
    title + year,
    ...(people.length === 0 ? [] : [`   ${shorten(people.join('; ') + others, width)}`]),
    ...(tombstone === undefined ? [] : [`   ${oneLine(`${tombstone.kind}: ${tombstone.reason}`)}`]),
    ...(reasons.length === 0 ? [] : [`   because of ${shorten(reasons.join(', '), width)}`]),
    `   ${keyOfIri(id) ?? ''}  ${oneLine(oaiIdentifier)}  ${hostOf(id)}`,
  ];
}

function hostOf(iri: string): string {
  return URL.canParse(iri) ? `at ${new URL(iri).host}` : '';
}
