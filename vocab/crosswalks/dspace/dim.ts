import type { Record } from '../../record.ts';
import { element, raw, type XmlElement } from '../../xml/index.ts';
import type { CrosswalkResult, Writing, XmlCrosswalk } from '../crosswalk.ts';
import { DescriptionBuilder } from '../description-builder.ts';
import { rootAttributes } from '../root-attributes.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { dspaceRows, readFields } from './rows.ts';
import type { Written } from './table.ts';
import { DSpaceValues, fieldName } from './values.ts';

const namespace = 'http://www.dspace.org/xmlns/dspace/dim';
const schema = 'http://www.dspace.org/schema/dim.xsd';

/**
 * DSpace Intermediate Metadata: a flat list of DSpace's fields
 * (https://wiki.lyrasis.org/display/DSPACE/DspaceIntermediateMetadata).
 */
export const dim: Writing<XmlCrosswalk> = {
  title: 'DSpace Intermediate Metadata',
  describedAt: 'https://wiki.lyrasis.org/display/DSPACE/DspaceIntermediateMetadata',
  rows: dspaceRows,
  lacks: 'There are no files and no affiliations; references are nothing but their text.',
  prefix: 'dim',
  namespace,
  schema,
  roots: ['dim'],

  read(metadata: XmlElement): CrosswalkResult {
    const description = new DescriptionBuilder();
    readFields(valuesOf(metadata), description);
    return { description: description.build(), repairs: description.log.repairs };
  },

  write(record: Record): string {
    const attributes = rootAttributes({ dim: namespace }, { namespace, schema });
    const fields = dspaceRows.flatMap((row) => {
      const [first = ''] = row.element.split(', ');
      const values = row.write?.(record) ?? [];
      return values.flatMap((value) => (value === undefined ? [] : fieldXml(first, value)));
    });
    return element('dim:dim', attributes, raw(fields.join('')));
  },
};

function valuesOf(dim: XmlElement): DSpaceValues {
  const values = new DSpaceValues();
  for (const field of dim.children) {
    const [schema = '', element = '', qualifier = ''] = ['mdschema', 'element', 'qualifier'].map((name) =>
      attributeOf(field, name),
    );
    const authority = attributeOf(field, 'authority');
    values.add(fieldName(schema, element, qualifier), textOf(field), attributeOf(field, 'lang'), authority);
  }
  return values;
}

function fieldXml(rowField: string, written: Written): string {
  const {
    field = rowField,
    value,
    language,
    authority,
  } = typeof written === 'string' ? { value: written } : written;
  const [mdschema, name, qualifier] = field.split('.');
  return element('dim:field', { mdschema, element: name, qualifier, lang: language, authority }, value);
}
