import type { Reference } from '../../../vocab/record.ts';
import { parseReference } from '../references/index.ts';
import { eachRecord } from './stage.ts';

/** Takes apart the references that metadata gives as text only, as they do in `dcterms:references` and mostly in JATS. */
export const references = eachRecord('references', ({ record }) => {
  record.references = record.references.map(completed);
});

/** What the source says itself stands. */
function completed(reference: Reference): Reference {
  if (reference.title !== undefined) return reference;
  const { identifier, title, year } = parseReference(reference.text);
  return {
    ...(identifier !== undefined && { identifier }),
    ...(title !== undefined && title !== reference.text && { title }),
    ...(year !== undefined && { year }),
    ...reference,
  };
}
