import type { TableCells } from '../../../../vocab/crosswalks/index.ts';
import type { SourceMetadata } from '../source.ts';
import type { EntryFacts } from './identity.ts';

/** By which column a row is known, and from which its date of change and its sets come. */
export function tableFacts(cells: TableCells, metadata: SourceMetadata): EntryFacts {
  const first = (...columns: Parameters<TableCells['first']>[0][]): string[] =>
    columns.map((column) => cells.first(column));
  return {
    ids: first('oai', 'id', 'doi', 'identifier'),
    dates: first('changed', 'accessioned'),
    sets: [...cells.texts('set'), ...cells.texts('collection').map(setOfCollection)],
    metadata,
  };
}

/** DSpace names the set of a collection after its handle: `123456789/2` is `col_123456789_2`. */
function setOfCollection(handle: string): string {
  return /^\d[\d.]*\/\d+$/.test(handle) ? `col_${handle.replace('/', '_')}` : handle;
}
