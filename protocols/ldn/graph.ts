import { createHash } from 'node:crypto';
import type { ExpandedNode, JsonLdObject } from '../../vocab/json-ld/index.ts';

/** Relative IRIs are resolved against a base that no one has (RFC 6761), so that they are told from ids. */
export const NO_BASE = 'https://relative.invalid/';

/** Whether an id is an IRI that its sender wrote: absolute, and no label of a node without one. */
export function isGivenIri(id: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(id) && !id.startsWith(NO_BASE);
}

/** What a statement says of its subject: another node, by its id, or a text. */
export type Value = { readonly id: string } | Literal;

export interface Literal {
  readonly text: string;
  /** BCP 47. */
  readonly language?: string;
  /** IRI of its datatype, where it is no plain text. */
  readonly datatype?: string;
}

/** A node of a graph, and what is said of it. */
export class GraphNode {
  /** An IRI, or `_:` and a label for a node without one. */
  readonly id: string;
  readonly #types = new Set<string>();
  readonly #statements = new Map<string, Map<string, Value>>();

  constructor(id: string) {
    this.id = id;
  }

  /** IRIs of its classes. */
  get types(): readonly string[] {
    return [...this.#types];
  }

  /** IRIs of the properties that it has. */
  get properties(): readonly string[] {
    return [...this.#statements.keys()];
  }

  values(property: string): readonly Value[] {
    return [...(this.#statements.get(property)?.values() ?? [])];
  }

  /**
   * Its values that name something, by IRIs as they were written. Senders whose context does not say that a property holds
   * IRIs write them as texts.
   */
  iris(property: string): readonly string[] {
    return this.values(property).flatMap((value) => {
      const iri = 'id' in value ? value.id : value.text;
      return isGivenIri(iri) ? [iri] : [];
    });
  }

  /** Its values that are texts. */
  texts(property: string): readonly string[] {
    return this.values(property).flatMap((value) => ('text' in value ? [value.text] : []));
  }

  /** Ids of the nodes of which it says something. */
  get references(): readonly string[] {
    return this.properties.flatMap((property) =>
      this.values(property).flatMap((value) => ('id' in value ? [value.id] : [])),
    );
  }

  addType(type: string): void {
    this.#types.add(type);
  }

  add(property: string, value: Value): void {
    const known = this.#statements.get(property) ?? new Map<string, Value>();
    known.set(keyOf(value), value);
    this.#statements.set(property, known);
  }

  /** What it says, in an order that does not depend on how it was written. */
  toJSON(): unknown {
    const statements = [...this.#statements].sort(byFirst);
    return [
      this.id,
      [...this.#types].sort(),
      statements.map(([property, values]) => [property, [...values.keys()].sort()]),
    ];
  }
}

/**
 * What a document says, as nodes by their ids: the same whether they stood within one another, side by side, or in a
 * `@graph`, and under whatever names its contexts gave to the terms.
 */
export class Graph {
  readonly #nodes = new Map<string, GraphNode>();
  /** Labels of the document are its own affair: they are told anew in the order in which they are met. */
  readonly #labels = new Map<string, string>();
  #unnamed = 0;

  /** @param nodes a document in expanded form (JSON-LD 1.1 Processing Algorithms, section 5.1) */
  static of(nodes: readonly ExpandedNode[]): Graph {
    const graph = new Graph();
    for (const node of nodes) graph.#take(node);
    return graph;
  }

  /** Nodes of which something is said. */
  get nodes(): readonly GraphNode[] {
    return [...this.#nodes.values()].filter(({ types, properties }) => types.length + properties.length > 0);
  }

  /** The node of an id, as it stands here, about which nothing may be said. */
  node(id: string): GraphNode {
    return this.#nodes.get(id) ?? new GraphNode(id);
  }

  /** While the graph is made: the node that the document calls so, by an IRI or by a label that starts with `_:`. */
  named(name: string): GraphNode {
    const id = name.startsWith('_:') ? (this.#labels.get(name) ?? this.#newLabel(name)) : name;
    const node = this.node(id);
    this.#nodes.set(id, node);
    return node;
  }

  /** The graph as JSON-LD in flattened form. */
  toJsonLd(): JsonLdObject[] {
    return this.nodes.map((node) => ({
      '@id': node.id,
      ...(node.types.length > 0 && { '@type': node.types }),
      ...Object.fromEntries(
        node.properties.map((property) => [property, node.values(property).map(toJsonLd)]),
      ),
    }));
  }

  /** sha-256 of what is said, hex: the same however the document is written. */
  digest(): string {
    const nodes = this.nodes.map((node) => [node.id, node] as const).sort(byFirst);
    return createHash('sha256').update(JSON.stringify(nodes)).digest('hex');
  }

  #newLabel(name: string): string {
    const label = `_:b${this.#labels.size}`;
    this.#labels.set(name, label);
    return label;
  }

  /** Depth is bounded where documents are read (`JsonLdLimits`). */
  #take(expanded: ExpandedNode): GraphNode {
    const id = expanded['@id'];
    const node = this.named(id ?? `_:unnamed ${this.#unnamed++}`);
    for (const type of expanded['@type'] ?? []) node.addType(type);
    for (const property of Object.keys(expanded).sort()) {
      const values = expanded[property];
      if (property === '@reverse') this.#takeReverse(node, values as Record<string, ExpandedNode[]>);
      else if (property === '@graph' || property === '@included') this.#takeAll(values);
      else if (!property.startsWith('@')) this.#takeValues(node, property, values);
    }
    return node;
  }

  #takeValues(node: GraphNode, property: string, values: unknown): void {
    for (const value of values as readonly Readonly<Record<string, unknown>>[]) {
      if ('@list' in value) this.#takeValues(node, property, value['@list']);
      else if ('@value' in value) node.add(property, literalOf(value));
      else node.add(property, { id: this.#take(value).id });
    }
  }

  #takeAll(nodes: unknown): void {
    for (const node of nodes as readonly ExpandedNode[]) if (!('@value' in node)) this.#take(node);
  }

  #takeReverse(object: GraphNode, properties: Readonly<Record<string, readonly ExpandedNode[]>>): void {
    for (const [property, subjects] of Object.entries(properties)) {
      for (const subject of subjects) this.#take(subject).add(property, { id: object.id });
    }
  }
}

function keyOf(value: Value): string {
  return 'id' in value ? value.id : JSON.stringify([value.text, value.language, value.datatype]);
}

function literalOf(value: Readonly<Record<string, unknown>>): Literal {
  const { '@value': content, '@language': language, '@type': datatype } = value;
  return {
    text: typeof content === 'string' ? content : JSON.stringify(content),
    ...(typeof language === 'string' && { language }),
    ...(typeof datatype === 'string' && { datatype }),
  };
}

function toJsonLd(value: Value): JsonLdObject {
  if ('id' in value) return { '@id': value.id };
  const { text, language, datatype } = value;
  return {
    '@value': text,
    ...(language !== undefined && { '@language': language }),
    ...(language === undefined && datatype !== undefined && { '@type': datatype }),
  };
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
