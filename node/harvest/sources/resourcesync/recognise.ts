import { bestCrosswalk, crosswalkOf } from '../../../../vocab/crosswalks/index.ts';
import {
  charsetOf,
  decodeXml,
  readXml,
  standaloneXml,
  withDeclarations,
  type XmlElement,
  XmlError,
  xmlNamespaces,
} from '../../../../vocab/xml/index.ts';
import type { Resource } from '../../../../protocols/resourcesync/index.ts';
import { readDatestamp } from '../../../../protocols/oai-pmh/index.ts';
import { metadataInJson } from '../metadata-in-json.ts';
import type { SourceMetadata } from '../source.ts';

/** What a resource turned out to be. */
export type Recognised = { encoding?: string } & (
  | {
      kind: 'record';
      metadata: SourceMetadata;
      /** Where the metadata themselves tell it. */
      oaiIdentifier?: string;
      datestamp?: string;
      sets?: string[];
    }
  | { kind: 'deleted'; oaiIdentifier?: string }
  /** `looks`: what metadata never are, whatever the list says. */
  | { kind: 'other'; looks?: 'empty' | 'a web page' }
  | { kind: 'unreadable'; what: string; detail?: string }
);

/**
 * Looks at the bytes of a resource: XML that a crosswalk reads, or the answer of an OAI-PMH repository with one such
 * record; JSON of a kind that a crosswalk reads. Anything else is `other`; what sets out to be XML or JSON and breaks
 * off is `unreadable`.
 */
export function recognise({ bytes, contentType }: Resource): Recognised {
  const { text, trouble } = decodeXml(bytes, charsetOf(contentType));
  const encoding = trouble === undefined ? {} : { encoding: trouble };
  return { ...encoding, ...recogniseText(text.trimStart()) };
}

function recogniseText(text: string): Recognised {
  if (/^[[{]/.test(text)) return recogniseJson(text);
  if (text === '') return { kind: 'other', looks: 'empty' };
  if (isWebPage(text)) return { kind: 'other', looks: 'a web page' };
  if (!text.startsWith('<')) return { kind: 'other' };
  try {
    return recogniseXml(text, readXml(text));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { kind: 'unreadable', what: 'is damaged XML.', detail: error.message };
  }
}

/** Web pages are seldom well-formed XML, and never metadata. */
function isWebPage(text: string): boolean {
  return /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,1000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(
    text,
  );
}

function recogniseJson(text: string): Recognised {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'unreadable', what: 'is damaged JSON.', detail: String(error) };
  }
  const found = metadataInJson(value);
  if (found === undefined) return { kind: 'other' };
  const { format, fields, oaiIdentifier, isTombstone } = found;
  const told = oaiIdentifier === undefined ? {} : { oaiIdentifier };
  if (isTombstone) return { kind: 'deleted', ...told };
  return { kind: 'record', metadata: { format, text, fields }, ...told };
}

function recogniseXml(text: string, root: XmlElement): Recognised {
  const record = root.local === 'OAI-PMH' ? onlyRecord(root) : root;
  if (record === undefined) return { kind: 'other' };
  if (record.local === 'record' && record.child('header') !== undefined) return oaiRecord(text, root, record);
  return described(text.slice(root.start, root.end), root);
}

/** The record of a GetRecord answer; undefined for all other answers. */
function onlyRecord(answer: XmlElement): XmlElement | undefined {
  const records = answer.child('GetRecord')?.childrenNamed('record') ?? [];
  return records.length === 1 ? records[0] : undefined;
}

function oaiRecord(text: string, root: XmlElement, record: XmlElement): Recognised {
  const header = record.child('header');
  if (header?.attributes['status'] === 'deleted') return { kind: 'deleted' };
  const wrapper = record.child('metadata');
  const element = wrapper?.children[0];
  if (wrapper === undefined || element === undefined) return { kind: 'other' };
  const around =
    root === record ? [record, wrapper] : [root, root.child('GetRecord') ?? root, record, wrapper];
  const scope = around.reduce((outer, { attributes }) => withDeclarations(outer, attributes), xmlNamespaces);
  const found = described(standaloneXml(text, element, scope), element);
  if (found.kind !== 'record') return found;
  const datestamp = readDatestamp(header?.childText('datestamp') ?? '');
  const sets = header?.childrenNamed('setSpec').map((set) => set.content().trim()) ?? [];
  return { ...found, sets, ...(datestamp !== undefined && { datestamp }) };
}

/** By the namespace of its element alone, where it has one: an unknown namespace is an unknown kind. */
function described(text: string, element: XmlElement): Recognised {
  const { namespace } = element;
  const isKnown = namespace === '' || bestCrosswalk([{ prefix: '', namespace, schema: '' }]) !== undefined;
  const way = isKnown ? crosswalkOf(element, '') : undefined;
  return way === undefined
    ? { kind: 'other' }
    : { kind: 'record', metadata: { format: way.prefix, text, element } };
}
