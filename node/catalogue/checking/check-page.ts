import {
  EntryVerifier,
  SetDigest,
  SignatureVerifier,
  verifyHead,
  type SignedHead,
} from '../../../protocols/heads/index.ts';
import { unpackPage } from '../../../protocols/replication/index.ts';
import { FeedError } from '../errors.ts';
import type { CheckedChange } from '../feed-batch.ts';
import { checkPageItem } from '../incoming.ts';

/** A page of another node's feed after all checks. */
export interface CheckedPage {
  head: SignedHead;
  /** In feed order. */
  changes: CheckedChange[];
  /** Of `changes`, as far as each is counted once. */
  members: SetDigest;
  more: boolean;
  /** The page as it came, unpacked: what `changes` have encoded are views of it. */
  message: Uint8Array;
}

/** Unpacks and checks pages, each entry by itself: `checkEntry` tells what is checked. */
export class PageCheck {
  readonly #verifier = new SignatureVerifier();
  readonly #entryVerifier = new EntryVerifier(this.#verifier);

  /**
   * @param frame as another node sent it
   * @returns undefined where that node has not the whole feed
   * @throws ReplicationError, ProtocolError or FeedError for the first thing that does not stand up
   */
  async check(frame: Uint8Array): Promise<CheckedPage | undefined> {
    const page = await unpackPage(frame);
    if (page === undefined) return undefined;
    const { head, entries, more, message } = page;
    if (!(await verifyHead(head, this.#verifier))) throw notSigned(head);
    const changes: CheckedChange[] = [];
    const members = SetDigest.empty();
    // One after another: the first entry of a batch pays for the signature, the others for some hashes.
    for (const received of entries) {
      const checked = await checkPageItem(head, received, this.#entryVerifier);
      const { member, ...change } = checked;
      changes.push(change);
      members.add(member);
    }
    return { head, changes, members, more, message };
  }
}

export function notSigned(head: SignedHead): FeedError {
  return new FeedError('FEED_BAD_SIGNATURE', `A head of the feed of ${head.node} has a wrong signature.`, {
    remedy: 'Nothing to do here: the peer that sent it is scored down.',
  });
}
