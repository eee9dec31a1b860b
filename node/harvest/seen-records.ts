import type { Operation, Section } from '../store/index.ts';
import { identifierOfSeenKey, seenKey, seenRange } from './layout.ts';

const CHUNK = 200;

/**
 * Which records a source has, each marked with the number of the harvest that saw it last: so that a full harvest finds, in
 * bounded memory, what the source has no longer.
 */
export class SeenRecords {
  readonly #section: Section;
  readonly #source: string;
  readonly #coming = new Set<string>();

  constructor(options: { section: Section; source: string }) {
    this.#section = options.section;
    this.#source = options.source;
  }

  /** These are on their way into the catalogue: other sources are to know before they are there. */
  expect(identifiers: readonly string[]): void {
    for (const identifier of identifiers) this.#coming.add(identifier);
  }

  /** They are there, or will not come; all of them where none are named. */
  arrived(identifiers?: readonly string[]): void {
    if (identifiers === undefined) this.#coming.clear();
    else for (const identifier of identifiers) this.#coming.delete(identifier);
  }

  isComing(identifier: string): boolean {
    return this.#coming.has(identifier);
  }

  mark(identifiers: readonly string[], harvest: number): Operation[] {
    const value = Buffer.from(String(harvest));
    return identifiers.map((identifier) => ({ type: 'put', key: seenKey(this.#source, identifier), value }));
  }

  forget(identifiers: readonly string[]): Operation[] {
    return identifiers.map((identifier) => ({ type: 'del', key: seenKey(this.#source, identifier) }));
  }

  /** For each identifier whether the source has it. */
  async has(identifiers: readonly string[]): Promise<boolean[]> {
    const found = await this.#section.getMany(
      identifiers.map((identifier) => seenKey(this.#source, identifier)),
    );
    return found.map((value) => value !== undefined);
  }

  /** Whether there are records that the harvest did not see. */
  async someUnseenBy(harvest: number): Promise<boolean> {
    for await (const _ of this.unseenBy(harvest)) return true;
    return false;
  }

  /** All identifiers, some hundred at a time. */
  all(): AsyncGenerator<string[]> {
    return this.unseenBy(Infinity);
  }

  /** Identifiers of the records that neither the harvest nor a later one saw, some hundred at a time. */
  async *unseenBy(harvest: number): AsyncGenerator<string[]> {
    let chunk: string[] = [];
    for await (const [key, value] of this.#section.iterator(seenRange(this.#source))) {
      if (Number(Buffer.from(value).toString()) >= harvest) continue;
      chunk.push(identifierOfSeenKey(this.#source, key));
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }
}
