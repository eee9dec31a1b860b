/** Reading and writing XML: bounded, without DTDs, namespaces as far as the records of repositories need them. */
export { charsetOf, type DecodedXml, decodeXml } from './decode.ts';
export { XmlElement } from './element.ts';
export { XmlError, type XmlErrorCode, type XmlPosition } from './errors.ts';
export type { XmlLimits } from './limits.ts';
export { type NamespaceBindings, withDeclarations, xmlNamespaces } from './namespaces.ts';
export { type ReadXmlOptions, readXml } from './read.ts';
export { standaloneXml } from './standalone.ts';
export {
  element,
  raw,
  type RawXml,
  startTag,
  withoutForbidden,
  type XmlAttributes,
  xmlAttribute,
  type XmlContent,
  xmlDeclaration,
  xmlText,
} from './write.ts';
export { asWindows1252, windows1252Upper } from './windows-1252.ts';
