import { utcSeconds } from '../../../../protocols/oai-pmh/index.ts';
import type { FilesSourceConfig } from '../../../config/index.ts';
import { HarvestError } from '../../errors.ts';
import type { Inspection, Selection, Source, SourceItem, SourcePage, SourceParts } from '../source.ts';
import { FilesError } from './errors.ts';
import { FileText } from './file-text.ts';
import { fingerprint, type ListedFile, listFiles } from './folder.ts';
import { KnownIdentifiers } from './known-identifiers.ts';
import { PageInProgress } from './page.ts';
import type { FileContext, Piece, Reading } from './piece.ts';
import { fileProblem } from './problems.ts';
import { isMeantAsData, recognise } from './recognise.ts';

/** Clocks of file systems are coarse. */
const CLOCK_MARGIN_MS = 2_000;

/**
 * A file or a folder of files, in any of the formats that docs/import.md lists.
 *
 * The scope tells one state of the folder from another: as soon as anything in it changes everything is read again, from
 * the beginning, so that a harvest also finds what is in no file any longer; while nothing changes nothing is read. A
 * place in the list is the name of a file and the number of entries of it that have been read.
 */
export class FilesSource implements Source {
  readonly url: string;
  readonly #name: string;
  readonly #path: string;
  readonly #parts: Pick<SourceParts, 'clock'>;

  constructor({ name, path }: FilesSourceConfig, parts: Pick<SourceParts, 'clock'>) {
    // Records are published with it, and nobody else is to know how the folders of this machine are called.
    this.url = `file:${encodeURIComponent(name)}`;
    this.#name = name;
    this.#path = path;
    this.#parts = parts;
  }

  async inspect(signal: AbortSignal): Promise<Inspection> {
    const { files, problems } = await listFiles(this.#path);
    signal.throwIfAborted();
    return { scope: `files ${fingerprint(files)}`, problems };
  }

  async *pages({ since, position }: Selection, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const time = utcSeconds(this.#parts.clock.now());
    const { files, isCut } = await listFiles(this.#path);
    const start = position === undefined ? { index: 0, read: 0 } : placeOf(position, files);
    const changedSince = since === undefined ? -Infinity : Date.parse(since) - CLOCK_MARGIN_MS;
    const known = new KnownIdentifiers();
    const length = files.reduce((sum, { size }) => sum + size, 0);
    let lengthBefore = 0;
    let page = new PageInProgress(isCut ? 1 : 0);
    for (const [index, file] of files.entries()) {
      const text = new FileText(file, signal);
      let read = 0;
      let isBare = index !== start.index || start.read === 0;
      const isMeant = index >= start.index && file.changedAt >= changedSince;
      for await (const piece of isMeant ? this.#piecesOf(file, text) : []) {
        if (page.isFull) {
          const share = Math.min(1, (lengthBefore + text.bytesRead) / length);
          yield page.done({ time, share, next: positionOf(file, read) });
          page = new PageInProgress();
        }
        read += 1;
        if (index === start.index && read <= start.read) continue;
        signal.throwIfAborted();
        const reading = piece.read();
        isBare &&= reading.items.length + reading.problems.length === 0;
        page.add(withRepeats(reading, known, file));
      }
      if (isMeant && isBare) page.add(noRecords(file));
      lengthBefore += file.size;
    }
    yield page.done({ time, share: 1 });
  }

  /** Reads on to the end: of several entries with the identifier the last one counts. */
  async one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined> {
    let found: SourceItem | undefined;
    for (const file of (await listFiles(this.#path)).files) {
      for await (const piece of this.#piecesOf(file, new FileText(file, signal))) {
        found = piece.read().items.find((item) => item.oaiIdentifier === oaiIdentifier) ?? found;
      }
    }
    return found;
  }

  /** A file that cannot be read gives a piece that says so. */
  async *#piecesOf(file: ListedFile, text: FileText): AsyncGenerator<Piece> {
    const context = { source: this.#name, file: file.name, datestamp: utcSeconds(file.modifiedAt) };
    try {
      const recognition = recognise(await text.head(), file.name);
      if ('reader' in recognition) yield* recognition.reader(() => text.read(), context);
      else yield pieceWith(notRead(recognition, context));
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      const { code, message } = error;
      yield pieceWith({ items: [], problems: [fileProblem(code, message, place(context))], lost: 1 });
    }
    if (text.trouble === undefined) return;
    const message = `${file.name} is ${text.trouble}.`;
    yield pieceWith({
      items: [],
      problems: [fileProblem('FILE_ENCODING', message, place(context))],
      lost: 0,
    });
  }
}

function pieceWith(reading: Reading): Piece {
  return { read: () => reading };
}

function place({ file }: FileContext): { place: { file: string }; about: string } {
  return { place: { file }, about: file };
}

function notRead(
  { code, what, remedy }: Exclude<ReturnType<typeof recognise>, { reader: unknown }>,
  context: FileContext,
): Reading {
  const isMeant = isMeantAsData(context.file);
  const more = {
    ...place(context),
    ...(remedy !== undefined && { remedy }),
    // A note to the files beside them is no error.
    ...(code === 'FILE_NOT_RECOGNISED' && !isMeant && { severity: 'info' as const }),
  };
  return { items: [], problems: [fileProblem(code, what, more)], lost: isMeant ? 1 : 0 };
}

function noRecords({ name: file }: ListedFile): Reading {
  const message = `${file} can be read, but there is no record in it.`;
  const problem = fileProblem('FILE_NO_RECORDS', message, { place: { file }, about: file });
  return { items: [], problems: [problem], lost: 0 };
}

/** Tells of entries whose identifier was met before in this harvest. */
function withRepeats(reading: Reading, known: KnownIdentifiers, file: ListedFile): Reading {
  const repeats = reading.items.flatMap(({ oaiIdentifier, metadata, place: at }) => {
    const met = known.meet(oaiIdentifier, metadata?.text ?? '');
    if (met === 'new') return [];
    const what = met === 'same' ? 'once more' : 'once more, with another description, which counts';
    const message = `${file.name}: ${oaiIdentifier} stands here ${what}.`;
    const severity = met === 'same' ? ('info' as const) : ('warning' as const);
    const more = { oaiIdentifier, severity, about: file.name, ...(at !== undefined && { place: at }) };
    return [fileProblem('FILE_ENTRY_REPEATED', message, more)];
  });
  return repeats.length === 0 ? reading : { ...reading, problems: [...reading.problems, ...repeats] };
}

function positionOf({ name }: ListedFile, read: number): string {
  return JSON.stringify([name, read]);
}

function placeOf(position: string, files: readonly ListedFile[]): { index: number; read: number } {
  const [name, read] = parsed(position);
  const index = files.findIndex((file) => file.name === name);
  if (index >= 0) return { index, read };
  throw new HarvestError('HARVEST_POSITION_LOST', `${name} is no longer among the files.`, {
    remedy: 'Nothing: the files are read from the beginning.',
  });
}

function parsed(position: string): [name: string, read: number] {
  try {
    const value: unknown = JSON.parse(position);
    if (Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number')
      return [value[0], value[1]];
  } catch {
    // It is not one of ours.
  }
  return ['', 0];
}
