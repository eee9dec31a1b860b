import { contextDocument } from '../context.ts';
import { loadBundledContext } from './document-loader.ts';
import { loadProcessor } from './processor.ts';
import type { JsonLdObject } from './record.ts';

/**
 * A document of our own as RDF 1.1 N-Quads, one quad a line, blank nodes named in order (`_:b0`).
 *
 * Safe mode: a term that the context does not define is a bug of ours and throws, instead of being lost in silence.
 * The context is the bundled one whatever node's URL the document names.
 */
export async function toNQuads(document: JsonLdObject): Promise<string> {
  const processor = await loadProcessor();
  return await processor.toRDF(
    { ...document, ...contextDocument },
    { format: 'application/n-quads', documentLoader: loadBundledContext, safe: true },
  );
}
