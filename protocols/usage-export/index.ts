/** Events of use as other systems write them out: Matomo, and DSpace's statistics in Solr. */
import { dspaceSolrUse } from './dspace-solr.ts';
import { matomoUses } from './matomo.ts';
import { exportRows, textIn } from './rows.ts';
import type { ExportEntry } from './use.ts';

export { exportRefusals, type ExportedUse, type ExportEntry } from './use.ts';

export type ExportFormat = 'matomo' | 'dspace-solr';

/** The entries of an export, as they come; JSON or CSV is told by how it begins. */
export async function* readExport(
  bytes: AsyncIterable<Uint8Array>,
  format: ExportFormat,
): AsyncGenerator<ExportEntry> {
  for await (const row of exportRows(textIn(bytes))) {
    if (row === undefined) yield 'EXPORT_ROW_UNREADABLE';
    else if (format === 'matomo') yield* matomoUses(row);
    else yield dspaceSolrUse(row);
  }
}
