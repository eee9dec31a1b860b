import { readXml, type XmlElement } from '../../../vocab/xml/index.ts';

/** What a repository says of the rights in its metadata. */
export interface MetadataStatement {
  isCc0: boolean;
  /** As it says it: an address, or the beginning of a text. */
  text: string;
}

const MOST_CHARACTERS = 500;
const CC0 = /creativecommons\.org\/publicdomain\/zero|\bCC[- ]?0\b|\bCC[- ]Zero\b/i;

/**
 * What an answer to Identify says of the rights in the metadata, in its descriptions: a `rightsManifest` that applies to metadata (OAI
 * Conveying rights expressions, section 3), or the `metadataPolicy` of the eprints schema. What is said of the contents does not count.
 * Undefined where it says nothing of the kind, or cannot be read.
 */
export function metadataStatement(identify: string): MetadataStatement | undefined {
  let root: XmlElement;
  try {
    root = readXml(identify);
  } catch {
    return undefined;
  }
  const descriptions = root.child('Identify')?.childrenNamed('description') ?? [];
  const statements = descriptions
    .flatMap(({ children }) => children)
    .flatMap((element) => statementOf(element));
  return statements.find(({ isCc0 }) => isCc0) ?? statements[0];
}

function statementOf(element: XmlElement): MetadataStatement[] {
  if (element.local === 'rightsManifest') {
    const { appliesTo = '' } = element.attributes;
    return /metadata$/i.test(appliesTo) ? told(textWithAddresses(element)) : [];
  }
  if (element.local !== 'eprints') return [];
  return element.childrenNamed('metadataPolicy').flatMap((policy) => told(policy.content()));
}

/** `rightsReference` has its address in an attribute, `rightsDefinition` in what it holds. */
function textWithAddresses(element: XmlElement): string {
  const { ref, 'rdf:about': about, 'rdf:resource': resource } = element.attributes;
  const inside = element.children.map((child) => textWithAddresses(child));
  return [ref, about, resource, element.text, ...inside].filter((part) => part !== undefined).join(' ');
}

function told(content: string): MetadataStatement[] {
  const text = content.replace(/\s+/g, ' ').trim();
  return text === '' ? [] : [{ isCc0: CC0.test(text), text: text.slice(0, MOST_CHARACTERS) }];
}
