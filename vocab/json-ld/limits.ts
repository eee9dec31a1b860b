import { JsonLdError } from './errors.ts';

/** Bounds on a document from outside, checked before anything is processed. */
export interface JsonLdLimits {
  /** Objects and arrays within one another. */
  depth: number;
  /** Values of all kinds in the document. */
  values: number;
  /** Contexts that the document names or holds, at any depth. */
  contexts: number;
  /** Terms that the contexts in the document define. */
  terms: number;
}

const defaultJsonLdLimits: JsonLdLimits = { depth: 32, values: 5_000, contexts: 16, terms: 500 };

/**
 * Counts through a parsed JSON document without recursion. A context within a term's definition (scoped context) is
 * refused in any number: it is applied at each use of the term, and a small document can so cost seconds.
 *
 * @throws JsonLdError `JSON_LD_TOO_DEEP`, `JSON_LD_TOO_MANY_VALUES`, `JSON_LD_TOO_MANY_CONTEXTS` or `JSON_LD_SCOPED_CONTEXT`
 */
export function checkJsonLdLimits(document: unknown, limits: JsonLdLimits = defaultJsonLdLimits): void {
  const open: Place[] = [{ value: document, depth: 0, isContext: false }];
  let [values, contexts, terms] = [0, 0, 0];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth, isContext } = place;
    values += 1;
    if (values + open.length > limits.values) throw tooMany('VALUES', 'values', limits.values);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= limits.depth) throw tooDeep(limits.depth);
    for (const [key, inner] of Object.entries(value)) {
      const opensContext = key === '@context';
      if (opensContext && isContext) throw scoped();
      open.push({ value: inner, depth: depth + 1, isContext: isContext || opensContext });
      if (!opensContext) continue;
      const given: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
      contexts += given.length;
      for (const context of given)
        terms += typeof context === 'object' && context !== null ? Object.keys(context).length : 0;
      if (contexts > limits.contexts) throw tooMany('CONTEXTS', 'contexts', limits.contexts);
      if (terms > limits.terms) throw tooMany('CONTEXTS', 'terms in contexts', limits.terms);
    }
  }
}

interface Place {
  value: unknown;
  depth: number;
  /** Whether it stands within a context. */
  isContext: boolean;
}

function tooDeep(limit: number): JsonLdError {
  return new JsonLdError('JSON_LD_TOO_DEEP', `The document is nested more than ${limit} deep.`, {
    remedy: 'Flatten the document: nodes can stand side by side and refer to one another by their ids.',
  });
}

function tooMany(what: string, words: string, limit: number): JsonLdError {
  return new JsonLdError(`JSON_LD_TOO_MANY_${what}`, `The document has more than ${limit} ${words}.`, {
    remedy: 'Send a smaller document.',
  });
}

function scoped(): JsonLdError {
  return new JsonLdError(
    'JSON_LD_SCOPED_CONTEXT',
    'A context in the document defines a context for one of its terms.',
    { remedy: 'Write the terms into the document’s own context, or send it in expanded form.' },
  );
}
