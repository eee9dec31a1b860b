import { ResourceSyncError } from '../../../../protocols/resourcesync/index.ts';
import type { Entry } from '../../../../protocols/resourcesync/index.ts';
import type { ListedFile } from '../source.ts';
import { type Documents, mayPass } from './documents.ts';
import { asFile, describedFiles, describers, kindOf } from './entry-kind.ts';
import type { FilesByMetadata } from './files.ts';
import { addFile } from './outline.ts';

/**
 * Looks the files of changed metadata up in the list of all resources. A list of changes only tells what changed; without
 * the rest, a record would lose the files that did not.
 */
export class FilesElsewhere {
  /** By resource list, whether files in it name their metadata; where they do not, there is nothing to look up. */
  readonly #isUsed = new Map<string, boolean>();

  /** A list that was read for another reason shows that its files name their metadata. */
  note(resourceList: string): void {
    this.#isUsed.set(resourceList, true);
  }

  async of(
    metadata: ReadonlySet<string>,
    resourceList: string,
    documents: Documents,
    onUnreadable: (error: ResourceSyncError) => void,
  ): Promise<FilesByMetadata> {
    const files = new Map<string, ListedFile[]>();
    if (metadata.size === 0 || this.#isUsed.get(resourceList) === false) return files;
    try {
      for await (const { document } of documents.leaves(resourceList, 'resourcelist', { onUnreadable })) {
        let isUsed = this.#isUsed.get(resourceList) ?? false;
        for await (const entry of document.entries({ onBadEntry: () => undefined })) {
          isUsed = add(entry, metadata, files) || isUsed;
        }
        this.#isUsed.set(resourceList, isUsed);
        // What the first list does not do, the others do not either.
        if (!isUsed) break;
      }
    } catch (error) {
      if (!(error instanceof ResourceSyncError) || mayPass(error)) throw error;
      onUnreadable(error);
    }
    return files;
  }
}

/** @returns whether the entry tells of files at all */
function add(entry: Entry, wanted: ReadonlySet<string>, files: Map<string, ListedFile[]>): boolean {
  if (kindOf(entry) === 'file') {
    const describing = describers(entry);
    for (const metadata of describing) if (wanted.has(metadata)) addFile(files, metadata, asFile(entry));
    return describing.length > 0;
  }
  const described = describedFiles(entry);
  if (wanted.has(entry.loc)) for (const file of described) addFile(files, entry.loc, file);
  return described.length > 0;
}
