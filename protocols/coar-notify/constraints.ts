import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import { patterns, PATTERNS, type PatternName } from './patterns.ts';
import { shapes, type Part, type Shape } from './shapes.ts';
import { AS, COAR } from './terms.ts';

const context = {
  sh: 'http://www.w3.org/ns/shacl#',
  as: AS,
  'coar-notify': COAR,
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dcterms: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  'sh:path': { '@type': '@id' },
  'sh:targetClass': { '@type': '@id' },
  'sh:nodeKind': { '@type': '@id' },
  'sh:hasValue': { '@type': '@id' },
  'sh:in': { '@type': '@id', '@container': '@list' },
};

/**
 * What a notification has to be like, as shapes (SHACL, W3C Recommendation of 20 July 2017): for `ldp:constrainedBy` (LDN,
 * section 4.1).
 *
 * @param iri where the document is to be had
 * @param rules what is demanded beside the shapes, in words
 */
export function constraintsToJsonLd(iri: string, rules: readonly string[]): JsonLdObject {
  return {
    '@context': context,
    '@id': iri,
    'dcterms:title': 'What this inbox takes',
    'dcterms:conformsTo': { '@id': 'https://coar-notify.net/specification/1.0.1/' },
    'dcterms:description': rules,
    'dcterms:hasPart': PATTERNS.map((name) => patternShape(iri, name)),
  };
}

function patternShape(iri: string, name: PatternName): JsonLdObject {
  const { activity, action, title } = patterns[name];
  const ofAction = { 'sh:path': 'rdf:type', 'sh:hasValue': `coar-notify:${action}` };
  return {
    '@id': `${iri}#${name}`,
    '@type': 'sh:NodeShape',
    'sh:name': title,
    'sh:targetClass': `as:${activity}`,
    'sh:nodeKind': 'sh:IRI',
    'sh:property': [...(action === undefined ? [] : [ofAction]), ...shapes[name].map(property)],
  };
}

function property({ name, property, required, is }: Part): JsonLdObject {
  return {
    'sh:name': name,
    'sh:path': property,
    ...(required && { 'sh:minCount': 1 }),
    ...(is === 'text' ? { 'sh:nodeKind': 'sh:Literal' } : { 'sh:maxCount': 1, ...node(is) }),
  };
}

function node(is: 'URI' | 'HTTP URI' | Shape): JsonLdObject {
  if (typeof is === 'string') return iriOf(is);
  const type = typeProperty(is.type);
  const parts = [...(type === undefined ? [] : [type]), ...(is.parts ?? []).map(property)];
  return { 'sh:node': { ...iriOf(is.id), ...(parts.length > 0 && { 'sh:property': parts }) } };
}

function iriOf(kind: 'URI' | 'HTTP URI'): JsonLdObject {
  return { 'sh:nodeKind': 'sh:IRI', ...(kind === 'HTTP URI' && { 'sh:pattern': '^https?://' }) };
}

function typeProperty(type: Shape['type']): JsonLdObject | undefined {
  if (type === undefined) return undefined;
  if (type === 'any') return { 'sh:path': 'rdf:type', 'sh:minCount': 1 };
  return {
    'sh:path': 'rdf:type',
    'sh:qualifiedMinCount': 1,
    'sh:qualifiedValueShape': { 'sh:in': type.map((name) => `as:${name}`) },
  };
}
