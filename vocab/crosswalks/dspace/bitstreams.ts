import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { elementsNamed, fieldOf } from './xoai-tree.ts';

/**
 * The files that were deposited: those of the bundle ORIGINAL. Other bundles hold what DSpace made of them (TEXT,
 * THUMBNAIL), licences and internal metadata; without that bundle there are no files. Some systems that write XOAI have
 * bitstreams without bundles.
 */
export function readBitstreams(metadata: XmlElement, description: DescriptionBuilder): void {
  const bundles = elementsNamed(metadata, 'bundles').flatMap((all) => elementsNamed(all, 'bundle'));
  const originals = bundles.filter((bundle) => fieldOf(bundle, 'name').toUpperCase() === 'ORIGINAL');
  for (const holder of bundles.length === 0 ? [metadata] : originals) {
    const bitstreams = elementsNamed(holder, 'bitstreams').flatMap((all) => elementsNamed(all, 'bitstream'));
    for (const bitstream of bitstreams) readBitstream(bitstream, description);
  }
}

/** DSpace's addresses are mere names where the installation has not been told its own. */
function readBitstream(bitstream: XmlElement, description: DescriptionBuilder): void {
  const isSha256 = /^sha-?256$/i.test(fieldOf(bitstream, 'checksumAlgorithm'));
  const { right, until } = accessTo(bitstream);
  description.embargoEnds(until);
  description.file(fieldOf(bitstream, 'url'), {
    format: fieldOf(bitstream, 'format'),
    length: fieldOf(bitstream, 'size'),
    sha256: isSha256 ? fieldOf(bitstream, 'checksum') : '',
    access: right,
  });
}

interface BitstreamAccess {
  /** The empty string where nothing is said. */
  right: string;
  /** The end of an embargo, or the empty string. */
  until: string;
}

/** Who may read a file: by a statement in words (DSpace-CRIS), by a date (Atmire), or by its policies (DSpace 8). */
function accessTo(bitstream: XmlElement): BitstreamAccess {
  const [right = '', until = ''] = fieldOf(bitstream, 'drm').split('|||');
  if (right !== '') return { right, until };
  const embargo = fieldOf(bitstream, 'embargo');
  if (embargo !== '') return { right: 'embargoed', until: embargo };
  const policies = elementsNamed(bitstream, 'resourcePolicies').flatMap((all) =>
    elementsNamed(all, 'resourcePolicy'),
  );
  const toRead = policies.filter((policy) => fieldOf(policy, 'action').toUpperCase() === 'READ');
  if (policies.length === 0) return { right: '', until: '' };
  const anybody = toRead.filter((policy) => fieldOf(policy, 'group').toLowerCase() === 'anonymous');
  if (anybody.length === 0) return { right: 'restricted', until: '' };
  const starts = anybody.map((policy) => fieldOf(policy, 'start-date'));
  return starts.includes('')
    ? { right: 'open', until: '' }
    : { right: 'embargoed', until: starts.toSorted()[0]! };
}
