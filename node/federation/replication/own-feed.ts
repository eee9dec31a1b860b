import type { Logger } from 'pino';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import { limits } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Catalogue, CheckedPage } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { Clients } from './clients.ts';
import { checkPage } from './page-order.ts';

/** After a start, changes wait so long for another node that may know more of this node's feed. */
const FIRST_WORD_MS = 5_000;

/**
 * Finds out whether the network has more of this node's feed than the node itself, which was set back to an old backup then,
 * and fetches it back. Until another node has spoken after a start, or none was heard for a while, nothing is written: what
 * was written to old data would be a second history.
 */
export class OwnFeed {
  readonly #catalogue: Catalogue;
  readonly #clients: Clients;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #isKeyNew: boolean;
  readonly #clock: Clock;
  readonly #log: Logger;
  #abort = new AbortController();
  #onWord: () => void = () => undefined;
  #recovering: Promise<void> | undefined;
  #wasSignedAnew = false;

  constructor(options: {
    catalogue: Catalogue;
    clients: Clients;
    refuse: (node: NodeId, error: unknown) => void;
    /** Whether nobody can have heard of this node. */
    isKeyNew: boolean;
    clock: Clock;
    log: Logger;
  }) {
    this.#catalogue = options.catalogue;
    this.#clients = options.clients;
    this.#refuse = options.refuse;
    this.#isKeyNew = options.isKeyNew;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    this.#abort = new AbortController();
    // Of an empty feed there is nothing old, unless the data were lost and the key was not.
    if (this.#catalogue.head.seq === 0 && this.#isKeyNew) return;
    const word = new Promise<void>((resolve) => {
      this.#onWord = resolve;
    });
    const late = this.#clock.sleep(FIRST_WORD_MS, this.#abort.signal).catch(() => undefined);
    this.#catalogue.waitFor(Promise.race([word, late]));
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#recovering;
  }

  /** Another node has told what it holds. */
  heard(): void {
    this.#onWord();
  }

  /** Another node has a newer head of this node's feed, whose signature was checked. */
  isBehind(holder: NodeId, head: SignedHead): void {
    if (this.#abort.signal.aborted || this.#recovering !== undefined) return;
    const figures = { code: 'FEED_OWN_AHEAD', holder, theirs: head.seq, own: this.#catalogue.head.seq };
    if (this.#wasSignedAnew) {
      this.#log.error(
        figures,
        'The network knows more of this node’s feed than the node itself, again: a second node runs with the same key. Stop the other one.',
      );
      return;
    }
    this.#log.warn(
      figures,
      'The network knows more of this node’s feed than the node itself: its data come from an old backup. What is missing is fetched back.',
    );
    this.#recovering = this.#recover(holder, head).finally(() => {
      this.#recovering = undefined;
    });
  }

  async #recover(holder: NodeId, head: SignedHead): Promise<void> {
    try {
      const recovery = await this.#catalogue.recover(head, (after) => this.#pages(holder, after));
      this.#wasSignedAnew = recovery === 'signed anew';
      this.#log.info({ recovery, seq: this.#catalogue.head.seq }, 'the own feed is whole again');
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.#refuse(holder, error);
      this.#log.warn({ err: error, holder }, 'the own feed could not be fetched back; tried again');
    }
  }

  async *#pages(holder: NodeId, from: number): AsyncGenerator<CheckedPage> {
    const upTo = 2 ** 48 - 1;
    for (let after = from; ;) {
      const client = await this.#clients.get(holder);
      const window = { after, upTo, limit: limits.entries };
      const page = await this.#catalogue.check(
        await client.entries(this.#catalogue.node, window, this.#abort.signal),
      );
      if (page === undefined) throw new Error(`${holder} has the feed no longer`);
      // What was written here meanwhile may go further than what the holder has, which has nothing to give then.
      checkPage(page, this.#catalogue.node, { after: Math.min(after, page.head.seq), upTo });
      yield page;
      if (!page.more) return;
      after = page.changes.at(-1)?.seq ?? upTo;
    }
  }
}
