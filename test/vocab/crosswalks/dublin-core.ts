import { oaiDc } from '../../../vocab/crosswalks/index.ts';
import type { Description } from '../../../vocab/record.ts';
import { element, raw, readXml, type XmlElement } from '../../../vocab/xml/index.ts';

/** Dublin Core elements: name, text, language. */
export type Values = [element: string, value: string, language?: string][];

/** What is read from an oai_dc record with these elements, in this order. */
export function read(...values: Values): Description {
  return oaiDc.read(metadata(values)).description;
}

/** An oai_dc record. */
export function metadata(values: Values): XmlElement {
  const elements = values.map(([name, value, language]) =>
    raw(element(`dc:${name}`, { 'xml:lang': language }, value)),
  );
  return readXml(
    element(
      'oai_dc:dc',
      { 'xmlns:oai_dc': oaiDc.namespace, 'xmlns:dc': 'http://purl.org/dc/elements/1.1/' },
      elements,
    ),
  );
}

/** Identifiers as `scheme value`. */
export function identifiers(description: Description): string[] {
  return description.identifiers.map(({ scheme, value }) => `${scheme} ${value}`);
}

/** Relations as `kind scheme value`. */
export function relations(description: Description): string[] {
  return description.relations.map(({ kind, target }) => `${kind} ${target.scheme} ${target.value}`);
}

/** A COAR resource type by its local name. */
export const type = (id: string): string => `http://purl.org/coar/resource_type/${id}`;
