import { type CoarConcept, ConceptIndex } from './concept.ts';
import { germanResourceTypeForms } from './resource-type-forms-german.ts';
import { resourceTypeForms } from './resource-type-forms.ts';
import { type ResourceTypeRow, resourceTypeRows } from './resource-type-table.ts';

const base = 'http://purl.org/coar/resource_type/';

function conceptOf([id, broader, en, es, pt, fr]: ResourceTypeRow): CoarConcept {
  const labels = { en, es, pt, fr };
  return { uri: base + id, labels, ...(broader !== '' && { broader: base + broader }) };
}

/** COAR Resource Types 3. */
export const resourceTypes = new ConceptIndex(
  resourceTypeRows.map(conceptOf),
  Object.fromEntries(
    resourceTypeRows.map(([id]) => [
      base + id,
      [...(resourceTypeForms[id] ?? []), ...(germanResourceTypeForms[id]?.split('|') ?? [])],
    ]),
  ),
);

/** `other` says nothing and `text` next to nothing; the deeper in the hierarchy, the more a concept says. */
export function specificity(concept: CoarConcept): number {
  if (concept.uri.endsWith('/c_1843')) return -1;
  let depth = concept.uri.endsWith('/c_18cf') ? 0 : 1;
  for (let wider = concept.broader; wider !== undefined; wider = resourceTypes.byUri(wider)?.broader)
    depth += 1;
  return depth;
}
