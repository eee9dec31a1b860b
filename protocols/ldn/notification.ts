import { expandJsonLd } from '../../vocab/json-ld/index.ts';
import { LdnError } from './errors.ts';
import { Graph, isGivenIri, NO_BASE, type GraphNode } from './graph.ts';
import { JSON_LD_TYPE, NOTIFICATION_TYPES } from './inbox.ts';
import { readTurtle, TURTLE_TYPE } from './turtle.ts';

/** A notification that has been read. */
export interface Notification {
  /** The id that its sender gave it, where it is an Activity Streams activity with one. */
  id?: string;
  /** sha-256 of what it says, hex: the same however it is written. */
  digest: string;
  graph: Graph;
  /** The activity that it is, where it is one: that of which nothing else in it speaks. */
  activity?: GraphNode;
  /** IRIs of the contexts that the document names, as far as it is JSON-LD. */
  contexts: readonly string[];
  /** The notification as JSON-LD: as it came, where it came as that. */
  document: Uint8Array;
}

const AS = 'https://www.w3.org/ns/activitystreams#';

/** Activity Vocabulary, section 3.1. */
const ACTIVITIES: ReadonlySet<string> = new Set(
  `Activity IntransitiveActivity Accept Add Announce Arrive Block Create Delete Dislike Flag Follow Ignore Invite Join
   Leave Like Listen Move Offer Question Read Reject Remove TentativeAccept TentativeReject Travel Undo Update View`
    .split(/\s+/)
    .map((name) => AS + name),
);

/**
 * Reads what was posted to an inbox (LDN, section 3.3.1). The vocabulary is the sender's choice; the document has to be
 * JSON-LD or Turtle that makes at least one statement, by its own and the bundled contexts.
 *
 * @throws LdnError, JsonLdError
 */
export async function readNotification(
  body: Uint8Array,
  contentType: string | undefined,
): Promise<Notification> {
  const type = mediaType(contentType);
  const document = type === JSON_LD_TYPE ? parsed(body) : undefined;
  const graph =
    type === JSON_LD_TYPE
      ? Graph.of(await expandJsonLd(document, { base: NO_BASE }))
      : await readTurtle(body, NO_BASE);
  if (graph.nodes.length === 0) {
    throw new LdnError('LDN_NO_STATEMENT', 'The notification says nothing that JSON-LD could understand.', {
      remedy: 'Add the @context that defines its terms, such as https://www.w3.org/ns/activitystreams.',
    });
  }
  const activity = activityOf(graph);
  return {
    ...(activity !== undefined && { activity }),
    ...(activity !== undefined && isGivenIri(activity.id) && { id: activity.id }),
    digest: graph.digest(),
    graph,
    contexts: contextsNamedBy(document),
    document: type === JSON_LD_TYPE ? body : Buffer.from(JSON.stringify(graph.toJsonLd())),
  };
}

/** Without parameters: a profile does not change how a document is read (RFC 6906). */
function mediaType(contentType: string | undefined): string {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === JSON_LD_TYPE || type === TURTLE_TYPE) return type;
  const shown = contentType === undefined ? 'without a content type' : contentType.slice(0, 100);
  throw new LdnError(
    'LDN_WRONG_TYPE',
    `A notification is ${NOTIFICATION_TYPES.join(' or ')}, not ${shown}.`,
    {
      remedy: `Send JSON-LD with the header Content-Type: ${JSON_LD_TYPE}.`,
    },
  );
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const remedy = 'Check the body with a JSON validator.';
    throw new LdnError('LDN_NOT_JSON', 'The body is no JSON in UTF-8.', { remedy, cause });
  }
}

function contextsNamedBy(document: unknown): string[] {
  if (typeof document !== 'object' || document === null || !('@context' in document)) return [];
  const contexts: readonly unknown[] = [document['@context']].flat();
  return contexts.filter((context) => typeof context === 'string');
}

/** An answer holds the activity that it answers: that one is spoken of, and is not what is said. */
function activityOf(graph: Graph): GraphNode | undefined {
  const { nodes } = graph;
  const spokenOf = new Set(nodes.flatMap(({ id, references }) => references.filter((other) => other !== id)));
  const [activity, ...others] = nodes.filter(
    ({ id, types }) => !spokenOf.has(id) && types.some((type) => ACTIVITIES.has(type)),
  );
  return others.length === 0 ? activity : undefined;
}
