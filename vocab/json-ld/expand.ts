import { loadBundledContext, type RemoteDocument } from './document-loader.ts';
import { JsonLdError } from './errors.ts';
import { checkJsonLdLimits, type JsonLdLimits } from './limits.ts';
import { type ExpandedNode, loadProcessor } from './processor.ts';

/**
 * The expanded form of a JSON-LD document from outside (JSON-LD 1.1 Processing Algorithms, section 5.1), by the
 * bundled contexts only. What the document's contexts do not define is left out, as the standard has it.
 *
 * @param document parsed JSON
 * @throws JsonLdError
 */
export async function expandJsonLd(
  document: unknown,
  options: { base: string; limits?: JsonLdLimits },
): Promise<ExpandedNode[]> {
  checkJsonLdLimits(document, options.limits);
  if (typeof document !== 'object' || document === null) throw invalid('it is no object or array');
  const processor = await loadProcessor();
  let refused: unknown;
  const documentLoader = (url: string): Promise<RemoteDocument> =>
    loadBundledContext(url).catch((error: unknown) => {
      refused = error;
      throw error;
    });
  try {
    return await processor.expand(document, { base: options.base, documentLoader });
  } catch (error) {
    // The library wraps what the loader threw, sometimes so that it cannot be found again.
    throw refused instanceof JsonLdError ? refused : invalid(reasonOf(error), error);
  }
}

/** Loads what expanding takes; otherwise the first document waits for that. */
export async function prepareToExpand(): Promise<void> {
  await loadProcessor();
}

/** The first sentence of the library's message, with the standard's code for the error where there is one. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be processed';
  const sentence = error.message.slice(0, 300).replace(/\.(?:\s[\s\S]*)?$/, '');
  const { code } = (error as { details?: { code?: unknown } }).details ?? {};
  return typeof code === 'string' ? `${sentence} (${code})` : sentence;
}

function invalid(why: string, cause?: unknown): JsonLdError {
  return new JsonLdError('JSON_LD_INVALID', `The document is not JSON-LD: ${why}.`, {
    remedy: 'Check it at https://json-ld.org/playground/.',
    cause,
  });
}
