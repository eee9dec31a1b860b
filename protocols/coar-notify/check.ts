import { isGivenIri, type Graph, type GraphNode, type Value } from '../ldn/index.ts';
import { patterns, type PatternName } from './patterns.ts';
import { shapes, type Kind, type Part, type Shape } from './shapes.ts';
import { asClass, property } from './terms.ts';

/** A demand of the specification that a notification does not meet. */
export interface Violation {
  /** As the specification writes it, from the activity on: `object.ietf:item.mediaType`. */
  property: string;
  /** What it has to be. */
  must: string;
}

/** Longer than any address that leads somewhere. */
const LONGEST_IRI = 2_000;

/** What a notification of a pattern lacks. */
export function violations(graph: Graph, activity: GraphNode, pattern: PatternName): Violation[] {
  const found = checkParts(graph, activity, shapes[pattern], '');
  if (!isUri(activity.id, 'URI'))
    found.unshift({ property: 'id', must: 'be a single URI, such as urn:uuid:…' });
  return found.length > 0 ? found : checkReferences(graph, activity, pattern);
}

/** What has to agree with something else in the notification. */
function checkReferences(graph: Graph, activity: GraphNode, pattern: PatternName): Violation[] {
  const object = one(activity, property.object);
  if (['answer', 'undo'].includes(patterns[pattern].role)) {
    return one(activity, property.inReplyTo) === object
      ? []
      : [{ property: 'inReplyTo', must: 'be the same as object.id' }];
  }
  if (pattern !== 'announce-relationship' || object === undefined) return [];
  const relationship = graph.node(object);
  const ends = [one(relationship, property.object), one(relationship, property.subject)];
  return ends.includes(one(activity, property.context))
    ? []
    : [{ property: 'context.id', must: 'be the same as object.as:object (or object.as:subject)' }];
}

function checkParts(graph: Graph, node: GraphNode, parts: readonly Part[], path: string): Violation[] {
  return parts.flatMap((part) => checkPart(graph, node, part, path + part.name));
}

function checkPart(graph: Graph, node: GraphNode, part: Part, path: string): Violation[] {
  const values = node.values(part.property);
  const [first] = values;
  if (first === undefined) return part.required ? [{ property: path, must: 'be there' }] : [];
  // A text may be there in several languages.
  if (values.length > 1 && part.is !== 'text') return [{ property: path, must: 'be there once' }];
  if (typeof part.is === 'string') return checkKind(first, part.is, path);
  return checkShape(graph, graph.node(idOf(first)), part.is, path);
}

function checkKind(value: Value, kind: Kind, path: string): Violation[] {
  if (kind === 'text') {
    return 'text' in value && value.text.trim() !== '' ? [] : [{ property: path, must: 'be a text' }];
  }
  return isUri(idOf(value), kind) ? [] : [{ property: path, must: `be one ${kind}` }];
}

function checkShape(
  graph: Graph,
  node: GraphNode,
  { id, type, parts = [] }: Shape,
  path: string,
): Violation[] {
  return [
    ...(isUri(node.id, id) ? [] : [{ property: `${path}.id`, must: `be one ${id}` }]),
    ...checkType(node, type, path),
    ...checkParts(graph, node, parts, `${path}.`),
  ];
}

function checkType({ types }: GraphNode, wanted: Shape['type'], path: string): Violation[] {
  if (wanted === undefined) return [];
  if (wanted === 'any') return types.length > 0 ? [] : [{ property: `${path}.type`, must: 'be there' }];
  return types.some((type) => wanted.includes(asClass(type) ?? ''))
    ? []
    : [{ property: `${path}.type`, must: `include one of Activity Streams’ ${wanted.join(', ')}` }];
}

function isUri(text: string, kind: 'URI' | 'HTTP URI'): boolean {
  if (text.length > LONGEST_IRI || !isGivenIri(text)) return false;
  return kind === 'URI' || (/^https?:\/\//i.test(text) && URL.canParse(text));
}

/** A sender whose context does not say that a property holds IRIs writes them as texts. */
function idOf(value: Value): string {
  return 'id' in value ? value.id : value.text;
}

function one(node: GraphNode, name: string): string | undefined {
  return node.iris(name)[0];
}
