import type { SignedHead } from '../../protocols/heads/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Committed } from './commits.ts';
import type { FeedState } from './feed-state.ts';
import { Feeds, loadFeedStates } from './feeds.ts';
import { Holdings } from './holdings.ts';
import { logKey, logRange, positionOfLogKey, readLogged } from './layout.ts';
import { Log } from './log.ts';
import { StoredChange } from './rows.ts';
import { storedBase } from './stored-base.ts';
import { storedNode } from './succession.ts';

/** What can be asked of a catalogue, whoever writes it. */
export type ReadCatalogue = Pick<
  Catalogue,
  'node' | 'base' | 'holdings' | 'feeds' | 'log' | 'position' | 'onCommit'
>;

/** Of more changes than that since the last look nobody is told one by one: whatever was known is forgotten. */
const MOST_TOLD = 1_000;

/**
 * The catalogue as a process sees it that only reads: the rows are those of the store, and what another process has committed
 * is known after the next `refresh`.
 *
 * Whoever keeps something that was made of a record forgets it with `onCommit`. The position moves on in the same instant, so
 * that what was read before it is not kept behind it.
 */
export class CatalogueView implements ReadCatalogue {
  readonly node: NodeId;
  readonly base: string;
  readonly holdings: Holdings;
  readonly feeds: Feeds;
  readonly log: Log;
  readonly #section: Section;
  readonly #states: Map<NodeId, FeedState>;
  readonly #listeners = new Set<(committed: Committed) => void>();
  #position: number;

  private constructor(options: {
    section: Section;
    node: NodeId;
    base: string;
    states: Map<NodeId, FeedState>;
    position: number;
  }) {
    this.node = options.node;
    this.base = options.base;
    this.holdings = new Holdings(options.section);
    this.feeds = new Feeds(options.section, options.states);
    this.log = new Log(options.section);
    this.#section = options.section;
    this.#states = options.states;
    this.#position = options.position;
  }

  /** Undefined where no catalogue was opened in the section yet. */
  static async open(section: Section): Promise<CatalogueView | undefined> {
    const [node, base] = await Promise.all([storedNode(section), storedBase(section)]);
    if (node === undefined || base === undefined) return undefined;
    const position = await new Log(section).end();
    return new CatalogueView({ section, node, base, states: await loadFeedStates(section), position });
  }

  /** The last position of the log that is known. */
  get position(): number {
    return this.#position;
  }

  /** The node's own head, as it was when something last changed. */
  get head(): SignedHead | undefined {
    return this.#states.get(this.node)?.head;
  }

  onCommit(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Has those who keep something forget all of it: it cannot be told whether it is of the past. */
  forget(): void {
    for (const listener of this.#listeners) listener(everything);
  }

  /** Looks for what was committed since the last time, and tells those who listen. @returns whether there was anything */
  async refresh(): Promise<boolean> {
    const end = await this.log.end();
    if (end === this.#position) return false;
    // A database that was set back to an earlier state does not tell what it has lost.
    const isSetBack = end < this.#position;
    const [{ told, position }, states] = await Promise.all([
      isSetBack ? { told: [everything], position: end } : this.#news(),
      loadFeedStates(this.#section),
    ]);
    for (const node of this.#states.keys()) if (!states.has(node)) this.#states.delete(node);
    for (const [node, state] of states) this.#states.set(node, state);
    this.#position = position;
    for (const committed of told) for (const listener of this.#listeners) listener(committed);
    return true;
  }

  /** The changes behind the position, of one moment, and how far they go. */
  async #news(): Promise<{ told: readonly Committed[]; position: number }> {
    const snapshot = this.#section.snapshot();
    try {
      const range = { ...logRange(this.#position), limit: MOST_TOLD, snapshot };
      const changes = await this.#section.iterator(range).all();
      const position = positionOfLogKey(changes.at(-1)?.[0] ?? logKey(this.#position));
      if (changes.length === MOST_TOLD) return { told: [everything], position: await this.log.end() };
      const read = changes.map(([, value]) => readLogged(value));
      const standing = read.flatMap((at) => ('row' in at ? [at.row] : []));
      const rows = await this.#section.getMany(standing, { snapshot });
      return { told: changedIn(read, rows), position };
    } finally {
      await snapshot.close();
    }
  }
}

/** Which records changes are of, by their feeds. */
function changedIn(
  logged: readonly ReturnType<typeof readLogged>[],
  rows: readonly (Uint8Array | undefined)[],
): Committed[] {
  const byNode = new Map<NodeId, string[]>();
  const note = (node: NodeId, key: string): void => {
    const keys = byNode.get(node);
    if (keys === undefined) byNode.set(node, [key]);
    else keys.push(key);
  };
  for (const row of rows) {
    if (row === undefined) continue;
    const { node, record } = new StoredChange(row).entry;
    note(node, keyOfIri(record) ?? '');
  }
  for (const at of logged) if ('dropped' in at) note('', at.dropped);
  return Array.from(byNode, ([node, keys]) => ({ node, keys, entries: [] }));
}

/** As where a feed is dropped: no record is named. */
const everything: Committed = { node: '', keys: [], entries: [] };
