import {
  type Entry,
  type Resource,
  type ResourceSyncError,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';
import type { ListedFile } from '../source.ts';
import type { Chapter } from './chapters.ts';
import { Choice } from './choice.ts';
import { type EntryKind, kindOf } from './entry-kind.ts';
import { type FilesByMetadata, joined, filesWith } from './files.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type Position, positionLost } from './position.ts';

/** One resource to be looked at, and where the harvest goes on behind it. */
export interface Step {
  entry: Entry;
  kind: EntryKind;
  isDeleted: boolean;
  /** What the lists tell of the files that it describes. */
  files: ListedFile[];
  read: () => Promise<Resource>;
  position: Position;
}

export interface StepOptions {
  /** Whether the entries are changes, of which a resource's last one counts. */
  changes: boolean;
  /** Only what changed since then, milliseconds since 1970. */
  since: number | undefined;
  /** A place in this very chapter to go on at. */
  resume: Position | undefined;
  position: Pick<Position, 'time' | 'set' | 'part'>;
  /** The files of these metadata as the list of all resources has them; asked of chapters of changes. */
  filesOf: (metadata: ReadonlySet<string>) => Promise<FilesByMetadata>;
  onBadEntry: (error: ResourceSyncError) => void;
  onOutline: (outline: Outline) => void;
}

/**
 * The entries of a chapter that are to be looked at, in their order. Files go with the metadata that describe them: where
 * only a file changed, its metadata are looked at again.
 *
 * @throws HarvestError `HARVEST_POSITION_LOST` where the chapter is another one than that to be gone on with
 */
export async function* stepsOf(chapter: Chapter, options: StepOptions): AsyncGenerator<Step> {
  const { changes, onBadEntry, onOutline } = options;
  const { skip, since } = startOf(chapter, options);
  const outline = await outlineOf(chapter.document, { changes, since });
  onOutline(outline);
  const { last, touched } = outline;
  const files = changes ? joined(await options.filesOf(outline.unknownFiles), outline.files) : outline.files;

  const place = { ...options.position, list: chapter.list, stamp: chapter.stamp };
  const choice = new Choice(changes, since);
  let position: Position = { ...place, entries: skip };
  const stepOf = (entry: Entry): Step => ({
    entry,
    kind: kindOf(entry),
    isDeleted: entry.metadata?.change === 'deleted',
    files: filesWith(entry, files, outline.removed),
    read: () => chapter.read(entry),
    position,
  });
  let index = -1;
  for await (const entry of chapter.document.entries({ onBadEntry })) {
    index += 1;
    const isChosen = choice.takes(entry);
    position = {
      ...place,
      entries: index + 1,
      ...(choice.latest !== undefined && { changed: choice.latest }),
    };
    const isWanted = last === undefined ? isChosen || touched.has(entry.loc) : last.get(entry.loc) === index;
    if (!isWanted || index < skip) continue;
    touched.delete(entry.loc);
    yield stepOf(entry);
  }
  if (!changes) return;
  for (const loc of touched) yield stepOf({ loc });
}

function startOf(
  { stamp }: Chapter,
  { changes, since, resume }: StepOptions,
): { skip: number; since: number | undefined } {
  if (resume === undefined) return { skip: 0, since };
  // Entries of a list of changes come and go; the time of the last one that was read stays what it is.
  const changed = changes ? timeSpan(resume.changed)?.first : undefined;
  if (changed !== undefined) return { skip: 0, since: changed };
  if (resume.stamp === stamp) return { skip: resume.entries, since };
  throw positionLost();
}
