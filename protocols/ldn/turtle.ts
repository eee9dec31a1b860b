import type { Literal as TurtleLiteral, Quad, Term } from 'n3';
import { LdnError } from './errors.ts';
import { Graph, type GraphNode, type Literal } from './graph.ts';

export const TURTLE_TYPE = 'text/turtle';

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string';
/** As many as JSON-LD may have values. */
const MOST_STATEMENTS = 5_000;

/**
 * What a Turtle document says (RDF 1.1 Turtle).
 * @param document bytes, or text
 * @throws LdnError `LDN_NOT_TURTLE`, `LDN_TOO_MANY_STATEMENTS`
 */
export async function readTurtle(document: Uint8Array | string, base: string): Promise<Graph> {
  const graph = new Graph();
  const nodeOf = ({ termType, value }: Term): GraphNode =>
    graph.named(termType === 'BlankNode' ? `_:${value}` : value);
  for (const { subject, predicate, object } of await statements(document, base)) {
    const node = nodeOf(subject);
    if (object.termType === 'Literal') node.add(predicate.value, literalOf(object));
    else if (predicate.value === RDF_TYPE) node.addType(object.value);
    else node.add(predicate.value, { id: nodeOf(object).id });
  }
  return graph;
}

/** A text without datatype is a string, which JSON-LD need not say. */
function literalOf({ value, language, datatype }: TurtleLiteral): Literal {
  if (language !== '') return { text: value, language };
  return datatype.value === XSD_STRING ? { text: value } : { text: value, datatype: datatype.value };
}

async function statements(document: Uint8Array | string, baseIRI: string): Promise<Quad[]> {
  const { Parser } = await import('n3');
  let quads: Quad[];
  try {
    const text =
      typeof document === 'string' ? document : new TextDecoder('utf-8', { fatal: true }).decode(document);
    quads = new Parser({ format: TURTLE_TYPE, baseIRI }).parse(text);
  } catch (cause) {
    const why = (cause as Error).message.slice(0, 200);
    throw new LdnError('LDN_NOT_TURTLE', `The body is no Turtle in UTF-8: ${why}`, {
      remedy: 'Check the body with a Turtle validator, or send JSON-LD.',
      cause,
    });
  }
  if (quads.length <= MOST_STATEMENTS) return quads;
  throw new LdnError(
    'LDN_TOO_MANY_STATEMENTS',
    `The document makes more than ${MOST_STATEMENTS} statements.`,
    {
      remedy: 'Send a smaller document.',
    },
  );
}
