import { foldedForm, remembered } from '../cleaning/index.ts';

/** A concept of one of COAR's controlled vocabularies (vocabularies.coar-repositories.org). */
export interface CoarConcept {
  /** `http://purl.org/coar/resource_type/c_6501`. */
  readonly uri: string;
  readonly labels: { readonly en: string; readonly es: string; readonly pt: string; readonly fr: string };
  /** URI of the next wider concept. */
  readonly broader?: string;
}

/**
 * Finds concepts by URI or by any form that repositories use for them: labels in four languages, info:eu-repo
 * (DRIVER, OpenAIRE) and other URIs, whose last part says it, and the free text of repository software.
 */
export class ConceptIndex<C extends CoarConcept> {
  readonly concepts: readonly C[];
  readonly #byUri = new Map<string, C>();
  readonly #byForm = new Map<string, C>();
  /** Without spaces: `doctoralthesis`, as OPUS writes it. */
  readonly #byLetters = new Map<string, C>();

  /** @param forms words in use, by the concept's URI; they win over labels */
  constructor(concepts: readonly C[], forms: Readonly<Record<string, readonly string[]>>) {
    this.concepts = concepts;
    for (const concept of concepts) {
      this.#byUri.set(concept.uri, concept);
      for (const form of forms[concept.uri] ?? []) this.#add(form, concept);
    }
    for (const concept of concepts)
      for (const label of Object.values(concept.labels)) this.#add(label, concept);
  }

  #add(form: string, concept: C): void {
    const folded = foldedForm(form);
    if (!this.#byForm.has(folded)) this.#byForm.set(folded, concept);
    const letters = folded.replaceAll(' ', '');
    if (!this.#byLetters.has(letters)) this.#byLetters.set(letters, concept);
  }

  byUri(uri: string): C | undefined {
    return this.#byUri.get(canonical(uri));
  }

  /** The concept that a text in a metadata field names. */
  readonly named = remembered((text: string): C | undefined => {
    const trimmed = text.trim();
    if (trimmed.length === 0 || trimmed.length > 200) return undefined;
    const concept = this.#byUri.get(canonical(trimmed));
    if (concept !== undefined) return concept;
    const folded = foldedForm(lastPart(trimmed));
    return this.#byForm.get(folded) ?? this.#byLetters.get(folded.replaceAll(' ', ''));
  });
}

/** purl.org answers to both schemes; the vocabularies' URIs have `http` and no slash at their end. */
function canonical(uri: string): string {
  return uri.startsWith('http') ? uri.replace(/^https:/, 'http:').replace(/\/$/, '') : uri;
}

/**
 * The telling part of a URI or of a path in a hierarchy: `info:eu-repo/semantics/article`,
 * `http://purl.org/dc/dcmitype/Text`, `text::journal::journal article`.
 */
function lastPart(text: string): string {
  if (text.includes('::')) return text.slice(text.lastIndexOf('::') + 2);
  if (!/^(?:info:|https?:|driver:|eprint)/.test(text)) return text;
  const parts = text.split(/[/#:]/).filter((part) => part !== '');
  return parts.at(-1) ?? '';
}
