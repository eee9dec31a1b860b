import type { Logger } from 'pino';
import { SignatureVerifier, type Signer } from '../../../protocols/heads/index.ts';
import {
  decodeSummary,
  encodeSummary,
  signSummary,
  summaryFromTuple,
  summaryToTuple,
  UsageSummaryError,
  verifySummary,
  type SignedSummary,
} from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { writeBatch, WriteQueue, type Section } from '../../store/index.ts';
import { UsageError } from './errors.ts';
import {
  monthOf,
  nodeOfSummaryKey,
  summariesOfNode,
  summaryKey,
  summaryRange,
  type Counts,
} from './layout.ts';

const MAX_NODES = 10_000;
/** Another node's clock may be ahead by so much. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * The monthly summaries that are held, of this node and of others: of each node and month the one that stands.
 *
 * Which one stands depends on the summaries alone and not on the order in which they came: the highest revision, and
 * where a node signed two of the same revision (it was restored from a copy), the later of the two.
 */
export class Summaries {
  readonly #section: Section;
  readonly #signer: Signer;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #verifier = new SignatureVerifier();
  readonly #writes = new WriteQueue();
  #nodes: Set<NodeId> | undefined;

  constructor(options: { section: Section; signer: Signer; clock: Clock; log: Logger }) {
    this.#section = options.section;
    this.#signer = options.signer;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /**
   * Takes in a summary, whoever carried it.
   * @throws UsageError `USAGE_BAD_SUMMARY` not the form of one, impossible counts · `USAGE_BAD_SIGNATURE` its node did not
   *   sign it · `USAGE_FUTURE_MONTH` · `USAGE_TOO_MANY_NODES`
   */
  async accept(summary: SignedSummary): Promise<'new' | 'known'> {
    const checked = checkForm(summary);
    if (checked.month > monthOf(this.#clock.now() + CLOCK_SKEW_MS)) {
      throw new UsageError(
        'USAGE_FUTURE_MONTH',
        `A summary of ${checked.node} is of ${checked.month}, still to come.`,
        {
          remedy: 'Check the clock of this machine. If it is right, the other node has to mend its own.',
        },
      );
    }
    if (!(await verifySummary(checked, this.#verifier))) {
      throw new UsageError(
        'USAGE_BAD_SIGNATURE',
        `A usage summary of ${checked.node} has a wrong signature.`,
        {
          remedy: 'Nothing to do here: the peer that sent it is scored down.',
        },
      );
    }
    return await this.#writes.run(() => this.#keep(checked));
  }

  /**
   * Signs the own months whose counts are not those of the summary that stands. A node says the same only once.
   *
   * @param counted reads the counts; called when its turn has come, so that no older counts follow newer ones
   * @returns the new summaries
   */
  async restate(counted: () => Promise<({ month: string } & Counts)[]>): Promise<SignedSummary[]> {
    return await this.#writes.run(async () => {
      const standing = new Map(
        (await this.ofNode(this.#signer.node)).map((summary) => [summary.month, summary]),
      );
      const changed = (await counted()).filter(({ month, investigations, requests }) => {
        const known = standing.get(month);
        return known?.investigations !== investigations || known.requests !== requests;
      });
      const signed = await Promise.all(
        changed.map(async ({ month, investigations, requests }) => {
          const revision = (standing.get(month)?.revision ?? 0) + 1;
          const { node } = this.#signer;
          const summary = { node, month, revision, investigations, requests, time: this.#clock.now() };
          return signSummary(summary, this.#signer);
        }),
      );
      // On disk before anyone sees it: a revision must never be signed twice with different counts.
      if (signed.length > 0) await this.#put(signed);
      return signed;
    });
  }

  /** All that stand, by node and month. */
  async *held(): AsyncGenerator<SignedSummary> {
    for await (const bytes of this.#section.values(summaryRange)) yield decodeSummary(bytes);
  }

  /** Those of one node, by month. */
  async ofNode(node: NodeId): Promise<SignedSummary[]> {
    const rows = await this.#section.values(summariesOfNode(node)).all();
    return rows.map(decodeSummary);
  }

  /** Lets go of all that a node has told. */
  async forget(node: NodeId): Promise<void> {
    await this.#writes.run(async () => {
      const keys = await this.#section.keys(summariesOfNode(node)).all();
      await writeBatch(
        this.#section,
        keys.map((key) => ({ type: 'del', key })),
        { durable: true },
      );
      this.#nodes?.delete(node);
    });
  }

  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  async #keep(summary: SignedSummary): Promise<'new' | 'known'> {
    const bytes = await this.#section.get(summaryKey(summary.node, summary.month));
    if (bytes !== undefined && !supersedes(summary, decodeSummary(bytes))) return 'known';
    if (summary.node === this.#signer.node) {
      // Signed by this node in a past that its data do not know: its next revision has to be above that one.
      this.#log.warn(
        { month: summary.month, revision: summary.revision },
        'own usage is restated after a restore',
      );
    } else {
      await this.#admit(summary.node);
    }
    await this.#put([summary]);
    return 'new';
  }

  async #put(summaries: readonly SignedSummary[]): Promise<void> {
    await writeBatch(
      this.#section,
      summaries.map((summary) => ({
        type: 'put',
        key: summaryKey(summary.node, summary.month),
        value: encodeSummary(summary),
      })),
      { durable: true },
    );
  }

  async #admit(node: NodeId): Promise<void> {
    this.#nodes ??= await this.#storedNodes();
    if (!this.#nodes.has(node) && this.#nodes.size >= MAX_NODES) {
      throw new UsageError(
        'USAGE_TOO_MANY_NODES',
        `Summaries of ${MAX_NODES} nodes are held; ${node} is left out.`,
        {
          remedy: 'Follow fewer nodes, or raise the limit in a version made for larger networks.',
        },
      );
    }
    this.#nodes.add(node);
  }

  async #storedNodes(): Promise<Set<NodeId>> {
    const nodes = new Set<NodeId>();
    for await (const key of this.#section.keys(summaryRange)) nodes.add(nodeOfSummaryKey(key));
    return nodes;
  }
}

function checkForm(summary: SignedSummary): SignedSummary {
  try {
    return summaryFromTuple(summaryToTuple(summary));
  } catch (cause) {
    if (!(cause instanceof UsageSummaryError)) throw cause;
    const options = cause.remedy === undefined ? {} : { remedy: cause.remedy };
    throw new UsageError('USAGE_BAD_SUMMARY', cause.message, { ...options, details: cause.details, cause });
  }
}

function supersedes(a: SignedSummary, b: SignedSummary): boolean {
  const order = a.revision - b.revision || a.time - b.time || Buffer.compare(a.signature, b.signature);
  return order > 0;
}
