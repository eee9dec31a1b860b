import type { Graph, GraphNode, Notification } from '../ldn/index.ts';
import { violations, type Violation } from './check.ts';
import { CoarNotifyError } from './errors.ts';
import type { Actor, CoarNotification, Resource, System } from './notification.ts';
import {
  activities,
  hasUnknownAction,
  patterns,
  PATTERNS,
  patternsOf,
  type PatternName,
} from './patterns.ts';
import { asClass, isCoarContext, property, vocabularies } from './terms.ts';

const LONGEST_TEXT = 2_000;

/**
 * A notification as one of the patterns of COAR Notify 1.0.1, in whatever serialisation it came.
 *
 * What says that it is COAR Notify (by a context, a term of its vocabulary, or an `origin`) is held to the specification.
 *
 * @returns undefined for a notification of another kind, or of a pattern that only a later version knows
 * @throws CoarNotifyError `NOTIFY_INVALID`, with each demand that is not met
 */
export function readCoarNotify({ graph, activity, contexts }: Notification): CoarNotification | undefined {
  const claimed = contexts.some(isCoarContext) || graph.nodes.some(speaksCoar);
  if (!claimed || (activity !== undefined && hasUnknownAction(activity))) return undefined;
  if (activity === undefined) {
    throw invalid([{ property: 'type', must: 'say which activity it is; a notification is one activity' }]);
  }
  const [pattern, ...others] = patternsOf(activity);
  if (pattern === undefined || others.length > 0) {
    throw invalid([{ property: 'type', must: mustBeOneOf(activity) }]);
  }
  const found = violations(graph, activity, pattern);
  if (found.length > 0) throw invalid(found, pattern);
  return read(graph, activity, pattern);
}

function speaksCoar({ types, properties }: GraphNode): boolean {
  const terms = [...types, ...properties];
  return terms.some(
    (term) => term === property.origin || vocabularies.some((vocabulary) => term.startsWith(vocabulary)),
  );
}

function mustBeOneOf({ types }: GraphNode): string {
  const given = types.map(asClass).filter((name) => name !== undefined && activities.has(name));
  const fitting = PATTERNS.filter((name) => given.length === 0 || given.includes(patterns[name].activity));
  const forms = fitting.map((name) => {
    const { activity, action } = patterns[name];
    return action === undefined ? activity : `${activity} and coar-notify:${action}`;
  });
  return `include the types of exactly one pattern: ${forms.join('; ')}`;
}

function read(graph: Graph, activity: GraphNode, pattern: PatternName): CoarNotification {
  const idOf = (name: string): string | undefined => activity.iris(name)[0];
  // That these three are there has been seen before.
  const given = (name: string): GraphNode => graph.node(idOf(name) ?? '');
  const [actor, context, inReplyTo] = [
    idOf(property.actor),
    idOf(property.context),
    idOf(property.inReplyTo),
  ];
  const summary = textIn(activity, property.summary);
  return {
    pattern,
    id: activity.id,
    origin: systemOf(given(property.origin)),
    target: systemOf(given(property.target)),
    object: resourceOf(graph, given(property.object)),
    ...(actor !== undefined && { actor: actorOf(graph.node(actor)) }),
    ...(context !== undefined && { context: resourceOf(graph, graph.node(context)) }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(summary !== undefined && { summary }),
  };
}

function actorOf(node: GraphNode): Actor {
  const name = textIn(node, property.name);
  return { id: node.id, types: node.types, ...(name !== undefined && { name }) };
}

function systemOf(node: GraphNode): System {
  const [inbox] = node.iris(property.inbox);
  return { ...actorOf(node), ...(inbox !== undefined && { inbox }) };
}

function resourceOf(graph: Graph, node: GraphNode): Resource {
  const [citeAs] = node.iris(property.citeAs);
  const [item] = node.iris(property.item).map((id) => graph.node(id));
  const mediaType = item === undefined ? undefined : textIn(item, property.mediaType);
  const [subject] = node.iris(property.subject);
  const [relationship] = node.iris(property.relationship);
  const [object] = node.iris(property.object);
  return {
    ...actorOf(node),
    ...(citeAs !== undefined && { citeAs }),
    ...(item !== undefined && {
      item: { id: item.id, types: item.types, ...(mediaType !== undefined && { mediaType }) },
    }),
    ...(subject !== undefined &&
      relationship !== undefined &&
      object !== undefined && { triple: { subject, relationship, object } }),
  };
}

function textIn(node: GraphNode, name: string): string | undefined {
  return node.texts(name)[0]?.trim().slice(0, LONGEST_TEXT);
}

function invalid(found: readonly Violation[], pattern?: PatternName): CoarNotifyError {
  const what = pattern === undefined ? 'a notification' : `“${patterns[pattern].title}”`;
  const listed = found.map(({ property, must }) => `${property} must ${must}`).join('; ');
  return new CoarNotifyError(
    'NOTIFY_INVALID',
    `This is not ${what} as COAR Notify 1.0.1 has it: ${listed}.`,
    {
      remedy: 'See https://coar-notify.net/specification/1.0.1/ for the pattern, with an example.',
      details: { ...(pattern !== undefined && { pattern }), violations: found },
    },
  );
}
