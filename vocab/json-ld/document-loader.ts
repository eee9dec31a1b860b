import type { Context } from '../context.ts';
import { activityStreamsContext } from './contexts/activity-streams.ts';
import { coarNotifyContext } from './contexts/coar-notify.ts';
import { ldpContext } from './contexts/ldp.ts';
import { JsonLdError } from './errors.ts';

/** What the JSON-LD library wants of a loader. `tag: 'static'` lets it keep the processed context between calls. */
export interface RemoteDocument {
  contextUrl?: never;
  documentUrl: string;
  document: { readonly '@context': Context };
  tag: 'static';
}

/** By their IRIs without scheme, fragment, file ending and slash at the end: all of these are in use. */
const bundled: ReadonlyMap<string, Context> = new Map([
  ['www.w3.org/ns/activitystreams', activityStreamsContext],
  ['coar-notify.net', coarNotifyContext],
  ['purl.org/coar/notify', coarNotifyContext],
  ['www.w3.org/ns/ldp', ldpContext],
]);

/**
 * The contexts that documents from outside may name. Our own is not among them: it has contexts within contexts, which
 * documents from outside may not have (`checkJsonLdLimits`).
 */
export const knownContexts: readonly string[] = [
  'https://www.w3.org/ns/activitystreams',
  'https://coar-notify.net',
  'https://purl.org/coar/notify',
  'http://www.w3.org/ns/ldp',
];

/**
 * Gives the bundled contexts and nothing else: no document from outside makes this node fetch anything.
 * @throws JsonLdError `JSON_LD_UNKNOWN_CONTEXT`
 */
export function loadBundledContext(url: string): Promise<RemoteDocument> {
  const context = bundled.get(nameOf(url));
  if (context === undefined) return Promise.reject(unknownContext(url));
  return Promise.resolve({ documentUrl: url, document: { '@context': context }, tag: 'static' });
}

function nameOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/(?:\.jsonld|\/)?#?$/, '');
}

function unknownContext(url: string): JsonLdError {
  const context = url.slice(0, 500);
  return new JsonLdError(
    'JSON_LD_UNKNOWN_CONTEXT',
    `The context ${context} is not known here, and contexts are not fetched.`,
    {
      remedy: `Name one of ${knownContexts.join(', ')}, or write the context into the document.`,
      details: { context, known: knownContexts },
    },
  );
}
