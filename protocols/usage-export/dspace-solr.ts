import { isIP } from 'node:net';
import { type ExportEntry, type ExportRow, textOf, timeOf } from './use.ts';

/** Types of DSpace's objects (`org.dspace.core.Constants`). */
const BITSTREAM = '0';
const ITEM = '2';
/** What is in other bundles is no content: licences, thumbnails, extracted texts. */
const CONTENT = 'ORIGINAL';

/**
 * The use in a document of DSpace's Solr core "statistics" (DSpace 1.6 to 9), as `dspace solr-export-statistics` writes it as
 * CSV, or Solr itself as JSON: views of items, and of files by the item that owns them.
 */
export function dspaceSolrUse(row: ExportRow): ExportEntry {
  const type = textOf(row['type']);
  if (type === undefined) return 'EXPORT_ROW_UNREADABLE';
  const statistics = textOf(row['statistics_type']) ?? 'view';
  if (statistics !== 'view' || (type !== BITSTREAM && type !== ITEM)) return 'other';
  const bundle = textOf(row['bundleName']);
  if (type === BITSTREAM && bundle !== undefined && bundle !== CONTENT) return 'other';
  if (textOf(row['isBot']) === 'true') return 'robot';
  const time = timeOf(row['time']);
  if (Number.isNaN(time)) return 'EXPORT_ROW_TIME';
  const address = textOf(row['ip']);
  if (address === undefined || isIP(address) === 0) return 'EXPORT_ROW_ADDRESS';
  const id = textOf(row['id']);
  const owner = textOf(row['owningItem']);
  const names =
    type === ITEM
      ? [id === undefined ? undefined : `dspace-item:${id}`]
      : [
          owner === undefined ? undefined : `dspace-item:${firstOf(owner)}`,
          id === undefined ? undefined : `dspace-file:${id}`,
        ];
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0) return 'EXPORT_ROW_UNREADABLE';
  const kind = type === ITEM ? 'investigation' : 'request';
  return { time, kind, names: known, address, agent: textOf(row['userAgent']) };
}

/** In a table, several values stand in one cell, with a comma that is escaped. */
function firstOf(cell: string): string {
  return cell.split(/\\?,/, 1)[0] ?? cell;
}
