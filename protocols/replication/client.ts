import type { SignedHead } from '../heads/index.ts';
import type { FrameChannel } from './channel.ts';
import { withDeadline } from './deadline.ts';
import { ReplicationError } from './errors.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import {
  requestToWire,
  responseFromWire,
  unexpected,
  type KnownSummary,
  type Request,
  type Response,
} from './messages.ts';

const ANSWER_TIMEOUT_MS = 15_000;
/** More than a node's months, or the nodes of a network, make. */
const MOST_USAGE_MESSAGES = 20;

/** The places of a feed that are asked for: those behind `after`, up to `upTo`; a page of `limit` entries at the most. */
export interface Window {
  after: number;
  upTo: number;
  limit: number;
}

/**
 * Asks one node over one open stream. Questions go out at once, and their answers come in the same order; after any error
 * the stream is ended, since it is not known any more what would come next on it.
 */
export class ReplicationClient {
  readonly #channel: FrameChannel;
  readonly #timeoutMs: number;
  #lastQuestion: Promise<unknown> = Promise.resolve();
  #lastAnswer: Promise<unknown> = Promise.resolve();
  #ended: Error | undefined;

  /** @param timeoutMs how long an answer may take to begin or to go on, once those before it are there */
  constructor(channel: FrameChannel, timeoutMs = ANSWER_TIMEOUT_MS) {
    this.#channel = channel;
    this.#timeoutMs = timeoutMs;
  }

  /** Whether the stream has ended, so that another is needed. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Tells what is news of the feeds that are whole here, and learns what is of those that are whole there. */
  heads(heads: SignedHead[], signal?: AbortSignal): Promise<SignedHead[]> {
    return this.#ask({ type: 'heads', heads }, signal, async (next) => {
      const answer = await message(await next());
      if (answer.type !== 'heads') throw unexpected(answer);
      return answer.heads;
    });
  }

  /**
   * The entries of a window of a feed, with their blocks, as one frame: `unpackPage` opens it, in another thread where that
   * is better. Where it is no page, the stream is to be ended.
   */
  entries(node: string, window: Window, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#ask({ type: 'entries', node, ...window }, signal, (next) => next());
  }

  /**
   * Whose usage summaries the node holds, message by message; none where they are the same as ours.
   * @param held digest of what we would answer
   * @throws ReplicationError `REPLICATION_ENDLESS` where it does not end
   */
  usage(
    held: string,
    onNodes: (nodes: { node: string; mark: string }[]) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.#ask({ type: 'usage', held }, signal, (next) =>
      untilLast(async () => {
        const answer = await message(await next());
        if (answer.type !== 'usage') throw unexpected(answer);
        onNodes(answer.nodes);
        return answer.more;
      }),
    );
  }

  /**
   * The usage summaries of one node that we lack, message by message.
   * @throws ReplicationError `REPLICATION_ENDLESS` where they do not end
   */
  summaries(
    node: string,
    known: KnownSummary[],
    onSummaries: (summaries: Uint8Array[]) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.#ask({ type: 'summaries', node, known }, signal, (next) =>
      untilLast(async () => {
        const answer = await message(await next());
        if (answer.type !== 'summaries') throw unexpected(answer);
        await onSummaries(answer.summaries);
        return answer.more;
      }),
    );
  }

  /** Some pages of the works of a node's month, from one on; undefined where they are not there. */
  works(
    of: { node: string; month: string; digest: string; page: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array[] | undefined> {
    return this.#ask({ type: 'works', ...of }, signal, async (next) => {
      const answer = await message(await next());
      if (answer.type === 'absent') return undefined;
      if (answer.type !== 'works') throw unexpected(answer);
      return answer.pages;
    });
  }

  end(reason: Error = new ReplicationError('REPLICATION_ENDED', 'The stream was ended here.')): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#channel.abort(reason);
  }

  #ask<T>(
    request: Request,
    signal: AbortSignal | undefined,
    answer: (next: () => Promise<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const next = (): Promise<Uint8Array> =>
      withDeadline(this.#timeoutMs, signal, (limited) => this.#channel.read(limited));
    const asked = this.#write(request, this.#lastQuestion, signal);
    const answered = this.#inTurn([asked, this.#lastAnswer], () => answer(next));
    this.#lastQuestion = asked.catch(() => undefined);
    this.#lastAnswer = answered.catch(() => undefined);
    return answered;
  }

  async #write(request: Request, before: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
    await before;
    if (this.#ended !== undefined) throw this.#ended;
    const frame = await encodeFrame(requestToWire(request));
    await withDeadline(this.#timeoutMs, signal, (limited) => this.#channel.write(frame, limited));
  }

  async #inTurn<T>(before: Promise<unknown>[], read: () => Promise<T>): Promise<T> {
    try {
      await Promise.all(before);
      if (this.#ended !== undefined) throw this.#ended;
      return await read();
    } catch (error) {
      this.end(error as Error);
      throw error;
    }
  }
}

async function message(frame: Uint8Array): Promise<Response> {
  return responseFromWire(await decodeFrame(frame));
}

/**
 * Takes messages until one says that there are no more. Other questions wait for their turn, so an answer without end would
 * stop everything that is asked there.
 */
async function untilLast(take: () => Promise<boolean>): Promise<void> {
  for (let messages = 0; messages < MOST_USAGE_MESSAGES; messages++) if (!(await take())) return;
  throw new ReplicationError(
    'REPLICATION_ENDLESS',
    `An answer on usage did not end after ${MOST_USAGE_MESSAGES} messages.`,
  );
}
