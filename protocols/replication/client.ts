import type { SignedHead } from '../heads/index.ts';
import type { FrameChannel } from './channel.ts';
import { withDeadline } from './deadline.ts';
import { ReplicationError } from './errors.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { requestToWire, responseFromWire, unexpected, type Request, type Response } from './messages.ts';

const ANSWER_TIMEOUT_MS = 15_000;
/** With `limits.summaries` in each: some hundred nodes over some ten years. */
const MOST_SUMMARY_MESSAGES = 100;

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
   * The usage summaries that the node holds, its own and others', message by message; none where they are the same as ours.
   * @param held digest of ours
   * @throws ReplicationError `REPLICATION_ENDLESS` where they do not end
   */
  summaries(
    held: string,
    onSummaries: (summaries: Uint8Array[]) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.#ask({ type: 'summaries', held }, signal, async (next) => {
      for (let messages = 1; ; messages++) {
        const answer = await message(await next());
        if (answer.type !== 'summaries') throw unexpected(answer);
        await onSummaries(answer.summaries);
        if (!answer.more) return;
        // Other questions wait for their turn, so an answer without end would stop everything that is asked there.
        if (messages === MOST_SUMMARY_MESSAGES) throw endless();
      }
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

function endless(): ReplicationError {
  return new ReplicationError(
    'REPLICATION_ENDLESS',
    `The usage summaries did not end after ${MOST_SUMMARY_MESSAGES} messages.`,
  );
}
