import type { Record } from '../../record.ts';
import { element, raw, type XmlElement } from '../../xml/index.ts';
import type { Writing, XmlCrosswalk } from '../crosswalk.ts';
import { readRecord } from '../record-table.ts';
import { rootAttributes } from '../root-attributes.ts';
import { oaiOpenaireRows } from './oai-openaire-rows.ts';
import { XmlProperty } from './property.ts';

const namespace = 'http://namespace.openaire.eu/schema/oaire/';
const schema = 'https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd';

/** The OpenAIRE Guidelines for Literature Repository Managers v4, section Use of OAI-PMH. */
export const oaiOpenaire: Writing<XmlCrosswalk> = {
  title: 'OpenAIRE Guidelines for Literature Repository Managers v4',
  describedAt: 'https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/',
  rows: oaiOpenaireRows,
  prefix: 'oai_openaire',
  namespace,
  schema,
  roots: ['resource'],
  aliases: { prefixes: ['openaire4', 'oai_openaire4', 'oai_oaire'] },

  read: (metadata: XmlElement) => readRecord(oaiOpenaireRows, new XmlProperty(metadata)),

  write(record: Record): string {
    const namespaces = {
      oaire: namespace,
      datacite: 'http://datacite.org/schema/kernel-4',
      dc: 'http://purl.org/dc/elements/1.1/',
    };
    const attributes = rootAttributes(namespaces, { namespace, schema });
    const elements = oaiOpenaireRows.map((row) => row.write?.(record) ?? '').join('');
    return element('oaire:resource', attributes, raw(elements));
  },
};
