import { rawInView, type NodeId, type Record as NgrRecord } from '../../vocab/record.ts';
import { readXml, type XmlElement, XmlError } from '../../vocab/xml/index.ts';

/** The formats in which a record was received as XML. */
export function receivedFormats(record: NgrRecord): string[] {
  return rawInView(record).flatMap(({ format, text }) => (text.startsWith('<') ? [format] : []));
}

/**
 * A record as it was received in a format, where that is XML that can stand in a document of ours.
 *
 * What this node harvested was parsed on its way in. What another node says its source sent is text of that node's
 * choosing: unless it is one whole element it could end our element and speak for records that are not its own.
 */
export function receivedXml(record: NgrRecord, format: string, self: NodeId): string | undefined {
  const text = rawInView(record).find((raw) => raw.format === format && raw.text.startsWith('<'))?.text;
  return text === undefined || record.node === self || isOneElement(text) ? text : undefined;
}

function isOneElement(text: string): boolean {
  try {
    const root = readXml(text);
    return root.start === 0 && root.end === text.trimEnd().length && declaresItsPrefixes(root);
  } catch (error) {
    if (error instanceof XmlError) return false;
    throw error;
  }
}

/** A prefix that nobody declared makes the whole document around it unreadable (Namespaces in XML 1.0, section 6). */
function declaresItsPrefixes({ prefix, namespace, children }: XmlElement): boolean {
  return (prefix === '' || namespace !== '') && children.every(declaresItsPrefixes);
}
