import { resourceTypes, specificity, versions, type CoarConcept } from '../../../vocab/coar/index.ts';
import type { View } from './view.ts';

/** What a resource type is called in the page's language; nothing for `other`, and for what is none of COAR's concepts. */
export function typeLabel(view: View, uri: string | undefined): string | undefined {
  const concept = uri === undefined ? undefined : resourceTypes.byUri(uri);
  return concept === undefined || specificity(concept) < 0 ? undefined : labelOf(view, concept);
}

export function versionLabel(view: View, uri: string | undefined): string | undefined {
  return labelOf(view, uri === undefined ? undefined : versions.byUri(uri));
}

/** COAR writes labels in lower case; on a page they stand alone. */
function labelOf({ locale }: View, concept: CoarConcept | undefined): string | undefined {
  const label = concept?.labels[locale.language];
  return label === undefined
    ? undefined
    : label.charAt(0).toLocaleUpperCase(locale.language) + label.slice(1);
}
