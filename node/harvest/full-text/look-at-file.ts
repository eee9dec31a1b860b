import type { Clock } from '../../clock.ts';
import { FullTextError, type FullTextCode } from './errors.ts';
import type { Extraction, Extractor } from './extracting/index.ts';
import {
  fetchFile,
  type FetchedFile,
  type PoliteClient,
  type Spool,
  type Validators,
} from './fetching/index.ts';
import { promisesPdf, typeByName } from './readable.ts';
import type { FileState, Trouble } from './record-state.ts';
import { failed, looked } from './schedule.ts';
import type { FileText } from './texts.ts';

/** A web page that nobody announced as a text is one when it has this many characters. */
const LENGTH_OF_A_TEXT = 5_000;

/** What is said of a file, by its metadata or where it was found. */
export interface NamedFile {
  url: string;
  format?: string;
}

/** What a look at a file came to: its new state, and its text where that has changed. */
export interface Look {
  state: FileState;
  text?: FileText | 'none';
}

export interface LookParts {
  client: PoliteClient;
  extractor: Extractor;
  spool: Spool;
  clock: Clock;
  /** Whether texts are kept. */
  keepTexts: boolean;
}

/**
 * Fetches a file and reads it, unless it is what it was.
 *
 * @param options.isRead whether what was in it before is all at hand
 * @throws HostPaused, or the signal's reason; whatever else is wrong is in the state
 */
export async function lookAtFile(
  parts: LookParts,
  options: { file: NamedFile; before: FileState; isRead: boolean },
  signal: AbortSignal,
): Promise<Look> {
  const { client, spool, clock } = parts;
  const { file, before } = options;
  const { anew, trouble: _, ...known } = before;
  const isRead = options.isRead && anew !== true;
  try {
    const fetched = await fetchFile(
      client,
      { url: file.url, known: isRead ? validatorsOf(known) : {}, spool },
      signal,
    );
    if (fetched === 'not-modified') return { state: { ...known, ...looked(clock.now()) } };
    try {
      const isSame = isRead && fetched.spooled.sha256 === known.sha256;
      if (isSame) return { state: { ...known, ...validatorsOf(fetched), ...looked(clock.now()) } };
      return await readFile(parts, { file, before: known, fetched }, signal);
    } finally {
      await fetched.spooled.dispose();
    }
  } catch (error) {
    if (!(error instanceof FullTextError)) throw error;
    const { schedule, isGivenUp } = failed(error, before, clock.now());
    return isGivenUp
      ? { state: { ...withoutContent(known), ...schedule, text: 'unavailable' }, text: 'none' }
      : { state: { ...known, ...(anew === true && { anew }), ...schedule } };
  }
}

/** Takes the text out of what came. */
async function readFile(
  { extractor, clock, keepTexts }: LookParts,
  { file, before, fetched }: { file: NamedFile; before: FileState; fetched: FetchedFile },
  signal: AbortSignal,
): Promise<Look> {
  const { spooled, charset } = fetched;
  const { content, length, sha256 } = spooled;
  const extraction = await extractor.extract(
    { content, keepText: keepTexts, ...(charset !== undefined && { charset }) },
    signal,
  );
  const unfit = length === 0 ? 'FULLTEXT_DAMAGED' : unfitness(file, extraction);
  if (unfit !== undefined) {
    const fault: Trouble = {
      code: unfit,
      detail: `${file.url} gives ${whatIs(extraction)}, ${length} bytes.`,
    };
    const state: FileState = {
      ...withoutContent(before),
      ...looked(clock.now()),
      fault,
      text: 'unavailable',
    };
    return { state, text: 'none' };
  }
  const { url, found } = before;
  const came = {
    url,
    ...(found === true && { found }),
    ...validatorsOf(fetched),
    ...looked(clock.now()),
    length,
    sha256,
    ...('format' in extraction && { format: extraction.format }),
  };
  if (extraction.outcome !== 'text') {
    const fault = faultOf(file, extraction);
    const state: FileState = {
      ...came,
      text: 'without-text',
      references: [],
      ...(fault !== undefined && { fault }),
    };
    return { state, text: 'none' };
  }
  const { references, language, words, text } = extraction;
  return {
    state: { ...came, text: 'extracted', references, ...(language !== undefined && { language }) },
    text: { words, ...(text !== undefined && { text }) },
  };
}

/** Why what came is not the file: a login form or some other page, mostly. */
function unfitness(file: NamedFile, extraction: Extraction): FullTextCode | undefined {
  const promised = promisesPdf(file);
  if (extraction.outcome === 'other') return promised ? 'FULLTEXT_NOT_PDF' : undefined;
  if (extraction.outcome === 'too-costly' || extraction.format === 'application/pdf') return undefined;
  const said = file.format ?? typeByName(file.url);
  const isAnnounced = said !== undefined && said !== 'application/octet-stream';
  const isText = extraction.outcome === 'text' && (isAnnounced || extraction.length >= LENGTH_OF_A_TEXT);
  if (isText && !promised) return undefined;
  if ('asksForPassword' in extraction && extraction.asksForPassword) return 'FULLTEXT_LOGIN_NEEDED';
  return extraction.outcome === 'damaged' ? 'FULLTEXT_DAMAGED' : 'FULLTEXT_NOT_PDF';
}

const faults: Partial<Record<Extraction['outcome'], FullTextCode>> = {
  encrypted: 'FULLTEXT_ENCRYPTED',
  damaged: 'FULLTEXT_DAMAGED',
  'no-text': 'FULLTEXT_SCANNED',
  'too-costly': 'FULLTEXT_TIMED_OUT',
};

function faultOf({ url }: NamedFile, extraction: Extraction): Trouble | undefined {
  const code = faults[extraction.outcome];
  if (code === undefined) return undefined;
  return { code, detail: 'detail' in extraction ? `${url}: ${extraction.detail}` : url };
}

function whatIs(extraction: Extraction): string {
  return 'format' in extraction ? extraction.format : 'something that cannot be read';
}

/** Without what was in it; what it was like when it came last stays. */
function withoutContent({
  language: _,
  fault: __,
  etag: ___,
  lastModified: ____,
  ...state
}: FileState): FileState {
  return { ...state, references: [] };
}

function validatorsOf({ etag, lastModified }: Validators): Validators {
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}
