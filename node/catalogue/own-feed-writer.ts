import {
  signHead,
  verifyHead,
  type SignatureVerifier,
  type SignedHead,
  type Signer,
} from '../../protocols/heads/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { notSigned, type CheckedPage } from './checking/index.ts';
import type { Commits } from './commits.ts';
import { notRecovered } from './errors.ts';
import { isBrokenOff, type FeedState } from './feed-state.ts';
import { decideOwnChanges, type Outcome, type OwnChange } from './own-changes.ts';
import {
  lostPlace,
  noteLost,
  recoverOwnFeed,
  signOwnAnew,
  type OwnFeed,
  type OwnPages,
  type Recovery,
} from './own-recovery.ts';
import { signOwnChanges, type Origin, type UnsignedChange } from './sign-own.ts';

export interface OwnFeedOptions {
  section: Section;
  commits: Commits;
  signer: Signer;
  verifier: SignatureVerifier;
  base: string;
  name: string;
  networks: readonly string[];
  /** Takes in a page of the own feed, as another node has it. */
  take: (page: CheckedPage) => Promise<unknown>;
  clock: Clock;
}

/**
 * Writes the node's own feed, and signs its heads. Where the data are older than what others have of the feed, changes wait until
 * it was recovered from them.
 */
export class OwnFeedWriter {
  readonly #section: Section;
  readonly #commits: Commits;
  readonly #signer: Signer;
  readonly #verifier: SignatureVerifier;
  readonly #base: string;
  #name: string;
  readonly #networks: readonly string[];
  readonly #take: (page: CheckedPage) => Promise<unknown>;
  readonly #clock: Clock;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(options: OwnFeedOptions) {
    this.#section = options.section;
    this.#commits = options.commits;
    this.#signer = options.signer;
    this.#verifier = options.verifier;
    this.#base = options.base;
    this.#name = options.name;
    this.#networks = options.networks;
    this.#take = options.take;
    this.#clock = options.clock;
  }

  /** See `Catalogue.head`. */
  get head(): SignedHead {
    const { head } = this.#state();
    if (head === undefined) throw new TypeError('an open catalogue has a head');
    return head;
  }

  /** See `Catalogue.put`. */
  async put(changes: readonly OwnChange[]): Promise<{ key: string; outcome: Outcome }[]> {
    // What is waited for may turn out to be the beginning of a recovery.
    for (let settled; settled !== this.#settled;) await (settled = this.#settled);
    return await this.#commits.run(async () => {
      if (isBrokenOff(this.#state())) throw notRecovered();
      const decisions = await decideOwnChanges(this.#section, this.#origin(), changes, this.#clock.now());
      const state = this.#state();
      const toWrite = decisions.flatMap(({ change }) => change ?? []);
      const place = { after: state.seq, time: this.#clock.now() };
      const { prepared, signed, members } = signOwnChanges(toWrite, this.#origin(), place, this.#signer);
      if (prepared.length > 0)
        await this.#commits.commit({
          state,
          changes: prepared,
          members,
          told: signed,
          finish: (next) => ({ ...next, head: this.#signedHead(next) }),
        });
      return decisions.map(({ key, outcome }) => ({ key, outcome }));
    });
  }

  /** See `Catalogue.waitFor`. */
  waitFor(settled: Promise<unknown>): void {
    this.#settled = Promise.allSettled([this.#settled, settled]);
  }

  /** See `Catalogue.recover`. */
  async recover(head: SignedHead, pages: OwnPages): Promise<Recovery> {
    const before = this.#settled;
    const recovered = this.#commits.idle().then(async () => {
      if (head.node !== this.#signer.node || !(await verifyHead(head, this.#verifier))) throw notSigned(head);
      await noteLost(this.#section, head.seq);
      const result = await recoverOwnFeed(this.#section, this.#ownFeed(), head, pages);
      await this.#commits.run(() => this.#writeHead());
      return result;
    });
    // What fails may be tried again; changes that were waiting are refused till it has succeeded.
    this.#settled = Promise.allSettled([before, recovered]);
    return await recovered;
  }

  /** See `Catalogue.giveUpRecovery`. */
  async giveUpRecovery(): Promise<boolean> {
    await this.#settled;
    if (!isBrokenOff(this.#state())) return false;
    const given = this.#goOnWithout();
    this.#settled = Promise.allSettled([given]);
    await given;
    return true;
  }

  /** See `Catalogue.renewHead`. */
  async renewHead(): Promise<SignedHead> {
    return await this.#commits.run(async () => {
      const { head } = this.#state();
      return head !== undefined && isBrokenOff(this.#state()) ? head : await this.#writeHead();
    });
  }

  /** See `Catalogue.rename`. */
  async rename(name: string): Promise<boolean> {
    if (name === this.#name) return false;
    this.#name = name;
    await this.renewHead();
    return true;
  }

  async #goOnWithout(): Promise<void> {
    await this.#commits.idle();
    await signOwnAnew(this.#section, this.#ownFeed(), await lostPlace(this.#section));
    await this.#commits.run(() => this.#writeHead());
  }

  #ownFeed(): OwnFeed {
    return {
      state: () => this.#state(),
      take: (page) => this.#take(page),
      skipTo: (seq) => this.#commits.run(() => this.#commits.writeState({ ...this.#state(), seq })),
      append: (changes) => this.#append(changes),
    };
  }

  async #append(changes: readonly UnsignedChange[]): Promise<void> {
    await this.#commits.run(async () => {
      const state = this.#state();
      const place = { after: state.seq, time: this.#clock.now() };
      const { prepared, members } = signOwnChanges(changes, this.#origin(), place, this.#signer);
      if (prepared.length > 0) await this.#commits.commit({ state, changes: prepared, members });
    });
  }

  async #writeHead(): Promise<SignedHead> {
    const state = this.#state();
    const head = this.#signedHead(state);
    await this.#commits.writeState({ ...state, head });
    return head;
  }

  #signedHead(state: FeedState): SignedHead {
    const { seq, live, digest } = state;
    const time = this.#clock.now();
    const about = { ...this.#origin(), name: this.#name, networks: this.#networks };
    const head = { ...about, seq, live, setDigest: digest.digest(), time };
    return signHead(head, this.#signer);
  }

  #state(): FeedState {
    return this.#commits.state(this.#signer.node);
  }

  #origin(): Origin {
    return { node: this.#signer.node, base: this.#base };
  }
}
