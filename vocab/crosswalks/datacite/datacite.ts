import type { Record } from '../../record.ts';
import { element, raw, type XmlElement } from '../../xml/index.ts';
import type { Writing, XmlCrosswalk } from '../crosswalk.ts';
import { readRecord } from '../record-table.ts';
import { rootAttributes } from '../root-attributes.ts';
import { XmlProperty } from './property.ts';
import { dataciteRows } from './rows.ts';

const namespace = 'http://datacite.org/schema/kernel-4';
const schema = 'https://schema.datacite.org/meta/kernel-4/metadata.xsd';
const describedAt = 'https://datacite-metadata-schema.readthedocs.io/en/4.6/';

/** DataCite's metadata by itself, of all kernels; kernel 4 is written. */
export const datacite: Writing<XmlCrosswalk> = {
  title: 'DataCite Metadata Schema 2.2 to 4.6',
  describedAt,
  rows: dataciteRows,
  prefix: 'datacite',
  namespace,
  schema,
  roots: ['resource'],
  aliases: {
    prefixes: ['datacite4', 'datacite3'],
    namespaces: [
      ...['2.0', '2.1', '2.2', '3', '3.0', '3.1', '4.0', '4.1', '4.2', '4.3', '4.4', '4.5', '4.6'].map(
        (version) => `http://datacite.org/schema/kernel-${version}`,
      ),
      // What Invenio says in ListMetadataFormats.
      'http://datacite.org/schema/nonexistant',
    ],
  },
  read: (metadata: XmlElement) => readRecord(dataciteRows, new XmlProperty(metadata)),
  write: resourceXml,
};

const envelope = 'http://schema.datacite.org/oai/oai-1.1/';
const envelopeSchema = 'http://schema.datacite.org/oai/oai-1.1/oai.xsd';

/**
 * DataCite's metadata in the envelope that DataCite has for OAI-PMH (https://schema.datacite.org/oai/oai-1.1/). Whose
 * data centre registered the DOI is not known to us: that symbol is left out.
 */
export const oaiDatacite: Writing<XmlCrosswalk> = {
  title: 'DataCite Metadata Schema in the OAI-PMH envelope',
  describedAt,
  rows: dataciteRows,
  prefix: 'oai_datacite',
  namespace: envelope,
  schema: envelopeSchema,
  roots: ['oai_datacite'],
  aliases: {
    prefixes: ['oai_datacite4', 'oai_datacite3'],
    namespaces: ['http://schema.datacite.org/oai/oai-1.0/'],
  },
  read: (metadata: XmlElement) => readRecord(dataciteRows, new XmlProperty(resourceIn(metadata))),
  write: (record: Record) => {
    const attributes = rootAttributes({ '': envelope }, { namespace: envelope, schema: envelopeSchema });
    const payload = element('payload', {}, raw(resourceXml(record)));
    return element('oai_datacite', attributes, raw(element('schemaVersion', {}, '4.6') + payload));
  },
};

/** The first resource, in the payload or, as some have it, beside the rest of the envelope. */
function resourceIn(envelope: XmlElement): XmlElement {
  return envelope.child('payload')?.child('resource') ?? envelope.child('resource') ?? envelope;
}

function resourceXml(record: Record): string {
  const attributes = rootAttributes({ '': namespace }, { namespace, schema });
  const properties = dataciteRows.map((row) => row.write?.(record) ?? '').join('');
  return element('resource', attributes, raw(properties));
}
