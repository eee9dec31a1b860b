import type { StoredDocument } from '../../../../protocols/resourcesync/index.ts';
import { ResourceSyncError } from '../../../../protocols/resourcesync/index.ts';
import type { ListedFile } from '../source.ts';
import { Choice } from './choice.ts';
import { asFile, describedFiles, describers, kindOf } from './entry-kind.ts';

/** Of one metadata resource. */
const MOST_FILES = 1_000;

/** What has to be known of a list as a whole before its entries are gone through. Bounded as the list is. */
export interface Outline {
  /** Of changes, the place of the last one of each resource. */
  last: Map<string, number> | undefined;
  /** Files by the metadata that they name. */
  files: Map<string, ListedFile[]>;
  /** Metadata named by files that have changed. */
  touched: Set<string>;
  /** Files that have been deleted. */
  removed: Set<string>;
  /** Of changes, metadata of whose files this list does not tell, or not of all. */
  unknownFiles: Set<string>;
  /** How many entries may be metadata. */
  candidates: number;
  /** Files whose metadata stand in no entry of this list. */
  apart: number;
}

/** Goes through a list once; one that breaks off is told of when it is gone through the second time. */
export async function outlineOf(
  document: StoredDocument,
  { changes, since }: { changes: boolean; since: number | undefined },
): Promise<Outline> {
  const last = changes ? new Map<string, number>() : undefined;
  const files = new Map<string, ListedFile[]>();
  const [touched, removed, unknownFiles] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const metadata = new Set<string>();
  let candidates = 0;
  const choice = new Choice(changes, since);
  let index = -1;
  try {
    for await (const entry of document.entries({ onBadEntry: () => undefined })) {
      index += 1;
      const isChosen = choice.takes(entry);
      if (changes && !isChosen) continue;
      last?.set(entry.loc, index);
      const isDeleted = entry.metadata?.change === 'deleted';
      const kind = kindOf(entry);
      if (kind === 'maybe metadata') {
        if (isChosen) candidates += 1;
        metadata.add(entry.loc);
        if (changes && !isDeleted && describedFiles(entry).length === 0) unknownFiles.add(entry.loc);
      }
      if (kind !== 'file') continue;
      if (isDeleted) removed.add(entry.loc);
      else removed.delete(entry.loc);
      for (const describer of describers(entry)) {
        if (isChosen && (changes || since !== undefined)) touched.add(describer);
        if (changes) unknownFiles.add(describer);
        if (!isDeleted) addFile(files, describer, asFile(entry));
      }
    }
  } catch (error) {
    if (!(error instanceof ResourceSyncError)) throw error;
  }
  const apart = [...files].reduce((sum, [loc, { length }]) => (metadata.has(loc) ? sum : sum + length), 0);
  return { last, files, touched, removed, unknownFiles, candidates, apart };
}

/** The latest that is told of a file counts. */
export function addFile(files: Map<string, ListedFile[]>, metadata: string, file: ListedFile): void {
  const others = files.get(metadata);
  if (others === undefined) files.set(metadata, [file]);
  else if (others.length < MOST_FILES) {
    const known = others.findIndex(({ url }) => url === file.url);
    if (known < 0) others.push(file);
    else others[known] = file;
  }
}
