import { DocumentReader } from './document-reader.ts';
import { type Entry, MAX_BYTES, MAX_ENTRIES, type SyncDocument } from './documents.ts';
import { ResourceSyncError } from './errors.ts';

/** Characters. */
const PIECE = 64 * 1024;

/**
 * Reads any ResourceSync document (ANSI/NISO Z39.99-2017, section 7) whole, within the bounds of the standard.
 *
 * @throws ResourceSyncError
 */
export function parseDocument(xml: string): SyncDocument {
  if (xml.length > MAX_BYTES) {
    throw new ResourceSyncError('RESOURCESYNC_TOO_LARGE', `The document has ${xml.length} characters.`);
  }
  const entries: Entry[] = [];
  const reader = new DocumentReader({ maxEntries: MAX_ENTRIES, onEntry: (entry) => entries.push(entry) });
  // The reader looks after each piece how long it is since the last tag.
  for (let at = 0; at < xml.length; at += PIECE) reader.write(xml.slice(at, at + PIECE));
  return { ...reader.end(), entries };
}
