import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { Operation, Section } from '../../store/index.ts';
import { FullTextError, HostPaused } from './errors.ts';
import { findFiles, type FoundFile } from './finding/index.ts';
import { textKey, wordsKey } from './layout.ts';
import { lookAtFile, type LookParts, type NamedFile } from './look-at-file.ts';
import type { Plan } from './plan.ts';
import type { FileState, RecordState } from './record-state.ts';
import { failed, isDue, looked } from './schedule.ts';
import { dropText, putText } from './texts.ts';

/** Of what was found on a page, so many files are fetched. */
const MOST_FILES = 10;

export interface RecordVisitParts extends LookParts {
  section: Section;
  key: string;
  record: NgrRecord;
  /** What was known before, without what may be known no longer. */
  before: RecordState;
  plan: Plan;
}

/** What a visit found out. */
export interface Visited {
  files: FileState[];
  page: RecordState['page'];
  /** Writes of texts and words that go with it. */
  texts: Operation[];
  /** A host is to be left alone until then: what is missing is looked at afterwards. */
  pausedUntil: number | undefined;
  /** Files that were had, and that were not. */
  fetched: number;
  failed: number;
}

/** One look at all that a record's plan asks for and that is due. */
export class RecordVisit {
  readonly #parts: RecordVisitParts;
  readonly #texts: Operation[] = [];
  readonly #files = new Map<string, FileState>();
  #page: RecordState['page'];
  #fetched = 0;
  #failed = 0;

  constructor(parts: RecordVisitParts) {
    this.#parts = parts;
    const { pages, isLost } = parts.plan;
    if (pages.length > 0 || isLost) this.#page = parts.before.page;
  }

  /** @throws the signal's reason */
  async run(signal: AbortSignal): Promise<Visited> {
    const { plan, before } = this.#parts;
    // What is not reached, because a host pauses, stays as it was.
    for (const file of before.files) {
      const isGiven = plan.files.some(({ url }) => url === file.url);
      if (isGiven) this.#files.set(file.url, asGiven(file));
      else if (file.heldBack === true || (file.found === true && plan.pages.length > 0)) {
        this.#files.set(file.url, file);
      }
    }
    let pausedUntil: number | undefined;
    try {
      for (const file of plan.files) await this.#look(file, {}, signal);
      if (plan.files.length === 0) await this.#lookForFiles(signal);
    } catch (error) {
      if (!(error instanceof HostPaused)) throw error;
      pausedUntil = error.until;
    }
    const [fetched, failed] = [this.#fetched, this.#failed];
    return {
      files: [...this.#files.values()],
      page: this.#page,
      texts: this.#texts,
      pausedUntil,
      fetched,
      failed,
    };
  }

  /** Where the metadata name no file: those that were found before, and where none of them can be had, on the item's page. */
  async #lookForFiles(signal: AbortSignal): Promise<void> {
    const { plan, before, record, clock } = this.#parts;
    if (plan.isLost)
      this.#page = { url: record.id, ...looked(clock.now(), noFile('nothing leads to a page of it')) };
    if (plan.pages.length === 0) return;
    for (const file of this.#inView()) await this.#look(file, { found: true }, signal);
    const isHad = this.#inView().some(({ text }) => text !== undefined && text !== 'unavailable');
    if (isHad) {
      this.#page = undefined;
      return;
    }
    const { page } = before;
    if (page !== undefined && plan.pages.includes(page.url) && !isDue(page, clock.now())) return;
    const found = await this.#search(signal);
    for (const file of this.#inView()) {
      if (found.length > 0 && !found.some(({ url }) => url === file.url)) this.#files.delete(file.url);
    }
    for (const file of found) await this.#look(file, { found: true }, signal);
  }

  /** The files that the first of the item's pages leads to that leads to any. */
  async #search(signal: AbortSignal): Promise<FoundFile[]> {
    const { client, plan, record, before, clock } = this.#parts;
    const [first = ''] = plan.pages;
    let failure: { error: FullTextError; url: string } | undefined;
    for (const url of plan.pages) {
      try {
        const found = await findFiles(client, url, signal);
        const news = found
          .filter((file) => this.#files.get(file.url)?.heldBack !== true)
          .slice(0, MOST_FILES);
        if (found.length === 0) continue;
        this.#page = { url, ...looked(clock.now()) };
        return news;
      } catch (error) {
        if (!(error instanceof FullTextError)) throw error;
        failure ??= { error, url };
      }
    }
    if (failure === undefined) {
      const trouble =
        record.access?.right === 'open' ? noFile(`looked at ${plan.pages.join(', ')}`) : undefined;
      this.#page = { url: first, ...looked(clock.now(), trouble) };
    } else {
      const { schedule } = failed(failure.error, before.page ?? { attempts: 0 }, clock.now());
      this.#page = { url: failure.url, ...schedule };
      this.#failed += 1;
    }
    return [];
  }

  /** Found files that were not withdrawn. */
  #inView(): FileState[] {
    return [...this.#files.values()].filter(({ found, heldBack }) => found === true && heldBack !== true);
  }

  async #look(file: NamedFile, how: { found?: true }, signal: AbortSignal): Promise<void> {
    const { key, clock } = this.#parts;
    const known = this.#files.get(file.url);
    if (known !== undefined && known.anew !== true && !isDue(known, clock.now())) return;
    const before: FileState = known ?? { url: file.url, ...how, attempts: 0, references: [] };
    const isRead = await this.#isRead(before);
    const { state, text } = await lookAtFile(this.#parts, { file, before, isRead }, signal);
    this.#files.set(file.url, state);
    if (text === 'none') this.#texts.push(...dropText(key, file.url));
    else if (text !== undefined) this.#texts.push(...putText(key, file.url, text));
    if (state.trouble === undefined && state.text !== 'unavailable') this.#fetched += 1;
    else this.#failed += 1;
  }

  /** Whether all that is to be kept of a file is there. */
  async #isRead({ url, text }: FileState): Promise<boolean> {
    const { section, key, keepTexts } = this.#parts;
    if (text !== 'extracted') return text === 'without-text';
    const rows = await section.getMany([wordsKey(key, url), ...(keepTexts ? [textKey(key, url)] : [])]);
    return rows.every((row) => row !== undefined);
  }
}

/** A file that was found, and that the metadata name by now. */
function asGiven({ found: _, ...file }: FileState): FileState {
  return file;
}

function noFile(detail: string): { code: 'FULLTEXT_NO_FILE'; detail: string } {
  return { code: 'FULLTEXT_NO_FILE', detail };
}
