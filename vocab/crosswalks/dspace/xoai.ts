import type { XmlElement } from '../../xml/index.ts';
import type { CrosswalkResult, CrosswalkRow, XmlCrosswalk } from '../crosswalk.ts';
import { DescriptionBuilder } from '../description-builder.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { readBitstreams } from './bitstreams.ts';
import { dspaceRows, readFields } from './rows.ts';

import { elementsNamed, fieldOf, valuesOf } from './xoai-tree.ts';

interface XoaiRow extends CrosswalkRow {
  readonly read: (metadata: XmlElement, description: DescriptionBuilder) => void;
}

/** What XOAI has besides DSpace's fields. The record of the repository, its licence text and dates have no place here. */
const itemRows: readonly XoaiRow[] = [
  {
    element: 'others/handle',
    goesTo: 'identifiers',
    read: (metadata, description) => {
      for (const others of elementsNamed(metadata, 'others')) {
        const handle = typedIdentifier('handle', fieldOf(others, 'handle'));
        if (handle?.scheme === 'handle') description.identifier(handle);
      }
    },
  },
  {
    element: 'others/access-status',
    goesTo: 'access (COAR Access Rights)',
    read: (metadata, description) => {
      const others = elementsNamed(metadata, 'others');
      for (const status of others.flatMap((element) => elementsNamed(element, 'access-status'))) {
        description.accessRight(fieldOf(status, 'value'));
        description.embargoEnds(fieldOf(status, 'embargo'));
      }
    },
  },
  {
    element: 'bundles/bundle (ORIGINAL)/bitstreams/bitstream',
    goesTo:
      'files: url, format, size, checksum if it is SHA-256; access, by drm, embargo or resourcePolicies',
    read: readBitstreams,
  },
];

/**
 * XOAI, what DSpace makes its other formats of (https://github.com/DSpace/DSpace, dspace-oai): all of DSpace's fields,
 * and the files. It is DSpace's own affair and not written here.
 */
export const xoai: XmlCrosswalk = {
  title: 'XOAI',
  describedAt: 'https://wiki.lyrasis.org/display/DSDOC7x/OAI',
  rows: [...itemRows, ...dspaceRows],
  prefix: 'xoai',
  namespace: 'http://www.lyncode.com/xoai',
  schema: 'http://www.lyncode.com/xsd/xoai.xsd',
  roots: ['metadata'],

  read(metadata: XmlElement): CrosswalkResult {
    const description = new DescriptionBuilder();
    readFields(valuesOf(metadata), description);
    for (const row of itemRows) {
      description.log.field = row.element;
      row.read(metadata, description);
    }
    return { description: description.build(), repairs: description.log.repairs };
  },
};
