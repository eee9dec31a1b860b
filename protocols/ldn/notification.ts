import { createHash } from 'node:crypto';
import { expandJsonLd, type ExpandedNode } from '../../vocab/json-ld/index.ts';
import { LdnError } from './errors.ts';
import { NOTIFICATION_TYPE } from './inbox.ts';

/** A notification that has been read: what tells it from others. What it says is in its body. */
export interface Notification {
  /** The id that its sender gave it, where it is an Activity Streams activity with one. */
  id?: string;
  /** sha-256 of its content, hex: the same however the JSON is laid out and its keys are ordered. */
  digest: string;
}

const AS = 'https://www.w3.org/ns/activitystreams#';

/** Relative IRIs are resolved against a base that no one has (RFC 6761), so that they are told from ids. */
const NO_BASE = 'https://relative.invalid/';

/**
 * Reads what was posted to an inbox (LDN, section 3.3.1). The vocabulary is the sender's choice; the document has to be
 * JSON-LD that makes at least one statement by its own and the bundled contexts.
 *
 * @throws LdnError, JsonLdError
 */
export async function readNotification(
  body: Uint8Array,
  contentType: string | undefined,
): Promise<Notification> {
  if (!isJsonLd(contentType)) {
    throw new LdnError(
      'LDN_WRONG_TYPE',
      `A notification is ${NOTIFICATION_TYPE}, not ${shown(contentType)}.`,
      {
        remedy: `Send JSON-LD with the header Content-Type: ${NOTIFICATION_TYPE}.`,
      },
    );
  }
  const nodes = await expandJsonLd(parsed(body), { base: NO_BASE });
  if (nodes.length === 0) {
    throw new LdnError('LDN_NO_STATEMENT', 'The notification says nothing that JSON-LD could understand.', {
      remedy: 'Add the @context that defines its terms, such as https://www.w3.org/ns/activitystreams.',
    });
  }
  const digest = createHash('sha256').update(canonicalJson(nodes)).digest('hex');
  const id = activityId(nodes);
  return id === undefined ? { digest } : { id, digest };
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** `application/ld+json`, with whatever parameters: a profile does not change how it is read (RFC 6906). */
function isJsonLd(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === NOTIFICATION_TYPE;
}

function shown(contentType: string | undefined): string {
  return contentType === undefined ? 'without a content type' : contentType.slice(0, 100);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new LdnError('LDN_NOT_JSON', 'The body is no JSON in UTF-8.', {
      remedy: 'Check the body with a JSON validator.',
      cause,
    });
  }
}

/**
 * The id of the one activity in a notification. The id of any other node names what is spoken of, which several
 * notifications may speak of.
 */
function activityId(nodes: readonly ExpandedNode[]): string | undefined {
  const [activity, ...others] = nodes.filter(isActivity);
  const id = activity?.['@id'];
  return others.length > 0 || id === undefined || id.startsWith('_:') || id.startsWith(NO_BASE)
    ? undefined
    : id;
}

function isActivity(node: ExpandedNode): boolean {
  const hasRole = `${AS}actor` in node || `${AS}object` in node;
  return hasRole && node['@type']?.some((type) => type.startsWith(AS)) === true;
}
