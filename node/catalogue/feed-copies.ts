import {
  EntryVerifier,
  forkOfHeads,
  SetDigest,
  verifyHead,
  type SignatureVerifier,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Section } from '../store/index.ts';
import { notSigned, type CheckedPage } from './checking/index.ts';
import type { Commits } from './commits.ts';
import { refuseContradictions } from './contradictions.ts';
import { ForkError, isOwnFeed } from './errors.ts';
import { membersOf, type CheckedChange } from './feed-batch.ts';
import { isComplete, withoutHead, type FeedState } from './feed-state.ts';
import { checkEntry, fresherThanKnown, type ReceivedEntry } from './incoming.ts';

/** What a head says of our copy of its feed. */
export type Agreement = 'complete' | 'behind' | 'stale' | 'diverged';

/** Writes copies of what other nodes signed: of their feeds, and of the own one where it was lost here. */
export class FeedCopies {
  readonly #node: NodeId;
  readonly #section: Section;
  readonly #commits: Commits;
  readonly #verifier: SignatureVerifier;
  readonly #entryVerifier: EntryVerifier;
  readonly #verifiedHeads = new WeakSet<SignedHead>();

  constructor(parts: { node: NodeId; section: Section; commits: Commits; verifier: SignatureVerifier }) {
    this.#node = parts.node;
    this.#section = parts.section;
    this.#commits = parts.commits;
    this.#verifier = parts.verifier;
    this.#entryVerifier = new EntryVerifier(parts.verifier);
  }

  /** See `Catalogue.accept`. */
  async accept(head: SignedHead, received: readonly ReceivedEntry[]): Promise<number> {
    await this.#checkHead(head);
    const changes: CheckedChange[] = [];
    const members = SetDigest.empty();
    for (const one of received) {
      const { member, ...change } = await checkEntry(head, one, this.#entryVerifier);
      changes.push(change);
      members.add(member);
    }
    return await this.write({ head, changes, members });
  }

  /** See `Catalogue.isSigned`. */
  async isSigned(head: SignedHead): Promise<boolean> {
    if (this.#verifiedHeads.has(head)) return true;
    const isRight = await verifyHead(head, this.#verifier);
    if (isRight) this.#verifiedHeads.add(head);
    return isRight;
  }

  /** Writes a checked page, in feed order. @returns how many entries were new */
  async write({ head, changes, members }: Omit<CheckedPage, 'more' | 'message'>): Promise<number> {
    const isCopy = head.node !== this.#node;
    return await this.#commits.run(async () => {
      const state = this.#commits.state(head.node);
      if (isCopy) await refuseContradictions(this.#section, state, changes);
      const fresh = await fresherThanKnown(this.#section, head, changes);
      const last = changes.at(-1)?.seq ?? 0;
      if (fresh.length === 0) {
        if (last > state.seq) await this.#commits.writeState({ ...state, seq: last }, { isCopy });
        return 0;
      }
      // The last ones of a page may be known already where those before them are not.
      const reached = { ...state, seq: Math.max(state.seq, last) };
      const isWhole = fresh.length === changes.length;
      await this.#commits.commit({
        state: reached,
        changes: fresh,
        members: isWhole ? members : membersOf(fresh),
        // With the last of a feed its head, so that `confirm` has nothing left to write.
        finish: (next) => (isCopy && isNewer(head, next) && agree(head, next) ? { ...next, head } : next),
        isCopy,
      });
      return fresh.length;
    });
  }

  /** See `Catalogue.confirm`. */
  async confirm(head: SignedHead): Promise<Agreement> {
    await this.#checkHead(head);
    return await this.#commits.run(async () => {
      const state = this.#commits.state(head.node);
      if (head.seq > state.seq) return 'behind';
      if (head.seq < state.seq) return 'stale';
      if (!agree(head, state)) {
        // What was whole under another head of the same place is not to be served as whole any more.
        if (!isComplete(state)) return 'diverged';
        await this.#commits.writeState(withoutHead(state));
        const fork = state.head === undefined ? undefined : forkOfHeads(state.head, head);
        if (fork !== undefined) throw new ForkError(fork);
        return 'diverged';
      }
      if (isNewer(head, state)) await this.#commits.writeState({ ...state, head }, { isCopy: true });
      return 'complete';
    });
  }

  async #checkHead(head: SignedHead): Promise<void> {
    if (head.node === this.#node) throw isOwnFeed();
    if (!(await this.isSigned(head))) throw notSigned(head);
  }
}

/** Whether a copy is what the head of its feed says. */
function agree(head: SignedHead, { seq, live, digest }: FeedState): boolean {
  return head.seq === seq && head.live === live && head.setDigest === digest.digest();
}

function isNewer(head: SignedHead, { head: known }: FeedState): boolean {
  return known === undefined || known.seq < head.seq || known.time < head.time;
}
