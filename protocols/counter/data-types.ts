import { nearestType } from '../../vocab/coar/index.ts';
import type { Release } from './release.ts';

interface DataType {
  /** CoP 5.1, table 3.p: of those that an item report may have. */
  r51: string;
  /** CoP 5, table 3.q. */
  r5: string;
  /** Of what it is a part, in either release (CoP 5.1, table 3.q). */
  parent?: readonly [r51: string, r5: string];
}

const article: DataType = { r51: 'Article', r5: 'Article', parent: ['Journal', 'Journal'] };
const other: DataType = { r51: 'Other', r5: 'Other' };
const conferenceItem: DataType = {
  r51: 'Conference_Item',
  r5: 'Repository_Item',
  parent: ['Conference', 'Other'],
};
const image: DataType = { r51: 'Image', r5: 'Multimedia' };

/**
 * By local names of COAR Resource Types. A whole book counts as one segment of itself in release 5.1 (section 3.3.2), and so
 * do whole proceedings and newspapers. What stands here for none, is what its wider concept is.
 */
const byCoarType: Readonly<Record<string, DataType>> = {
  c_3e5a: article,
  c_816b: { r51: 'Article', r5: 'Article' },
  c_2f33: { r51: 'Book_Segment', r5: 'Book' },
  c_3248: { r51: 'Book_Segment', r5: 'Book_Segment', parent: ['Book', 'Book'] },
  c_c94f: conferenceItem,
  c_f744: { r51: 'Conference_Item', r5: 'Book' },
  c_5794: conferenceItem,
  c_6670: conferenceItem,
  c_ddb1: { r51: 'Dataset', r5: 'Dataset' },
  c_c513: image,
  c_12cc: image,
  c_8a7e: { r51: 'Audiovisual', r5: 'Multimedia' },
  c_18cc: { r51: 'Sound', r5: 'Multimedia' },
  c_18cd: other,
  c_e9a0: { r51: 'Interactive_Resource', r5: 'Multimedia' },
  c_2cd9: { r51: 'News_Item', r5: 'Newspaper_or_Newsletter' },
  c_2fe3: { r51: 'News_Item', r5: 'Newspaper_or_Newsletter' },
  c_998f: {
    r51: 'News_Item',
    r5: 'Newspaper_or_Newsletter',
    parent: ['Newspaper_or_Newsletter', 'Newspaper_or_Newsletter'],
  },
  c_15cd: { r51: 'Patent', r5: 'Other' },
  c_93fc: { r51: 'Report', r5: 'Report' },
  c_8042: { r51: 'Report', r5: 'Report' },
  c_5ce6: { r51: 'Software', r5: 'Other' },
  c_46ec: { r51: 'Thesis_or_Dissertation', r5: 'Thesis_or_Dissertation' },
};

/** Too little is said of these: they are texts, or nothing is known. */
const unspecified: DataType = { r51: 'Unspecified', r5: 'Repository_Item' };
const TEXT = /\/c_18cf$/;

/** The Data_Type of an item, and that of what it is a part of, from the URI of its COAR Resource Type. */
export function dataTypeOf(
  coarType: string | undefined,
  release: Release,
): { dataType: string; parentDataType?: string } {
  const known = nearestType(coarType, byCoarType);
  const type = known ?? (coarType === undefined || TEXT.test(coarType) ? unspecified : other);
  const parent = type.parent?.[release === '5.1' ? 0 : 1];
  return {
    dataType: release === '5.1' ? type.r51 : type.r5,
    ...(parent !== undefined && { parentDataType: parent }),
  };
}
