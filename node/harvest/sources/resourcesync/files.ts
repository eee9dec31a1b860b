import type { Entry } from '../../../../protocols/resourcesync/index.ts';
import type { ListedFile } from '../source.ts';
import { describedFiles } from './entry-kind.ts';

/** The files that lists tell of, by the address of the metadata that describe them. */
export type FilesByMetadata = ReadonlyMap<string, readonly ListedFile[]>;

/** Both; what the second says of a file counts. */
export function joined(one: FilesByMetadata, other: FilesByMetadata): FilesByMetadata {
  const all = new Map(one);
  for (const [metadata, files] of other) all.set(metadata, [...files, ...(all.get(metadata) ?? [])]);
  return all;
}

/** The files of a metadata resource, each once: those that name it, and those that it names itself. */
export function filesWith(entry: Entry, files: FilesByMetadata, removed: ReadonlySet<string>): ListedFile[] {
  const byUrl = new Map<string, ListedFile>();
  for (const file of [...(files.get(entry.loc) ?? []), ...describedFiles(entry)]) {
    if (!removed.has(file.url) && !byUrl.has(file.url)) byUrl.set(file.url, file);
  }
  return [...byUrl.values()];
}
