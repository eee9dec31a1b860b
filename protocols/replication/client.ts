import type { SignedHead } from '../heads/index.ts';
import type { FrameChannel } from './channel.ts';
import { withDeadline } from './deadline.ts';
import { ReplicationError } from './errors.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { requestToWire, responseFromWire, type Request, type Response } from './messages.ts';

const ANSWER_TIMEOUT_MS = 15_000;
/** With `limits.summaries` in each: some hundred nodes over some ten years. */
const MOST_SUMMARY_MESSAGES = 100;

export type EntriesPage = Extract<Response, { type: 'page' }>;

/**
 * Asks one node over one open stream. Questions go out one at a time and each waits for its answer; after any error
 * the stream is ended, since it is not known any more what would come next on it.
 */
export class ReplicationClient {
  readonly #channel: FrameChannel;
  readonly #timeoutMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** @param timeoutMs how long an answer may take to begin or to go on */
  constructor(channel: FrameChannel, timeoutMs = ANSWER_TIMEOUT_MS) {
    this.#channel = channel;
    this.#timeoutMs = timeoutMs;
  }

  /** Whether the stream has ended, so that another is needed. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Tells which feeds are whole here and learns which are whole there. */
  heads(network: string, heads: SignedHead[], signal?: AbortSignal): Promise<SignedHead[]> {
    return this.#inTurn(signal, async (ask) => {
      const answer = await ask({ type: 'heads', network, heads });
      if (answer.type !== 'heads') throw unexpected(answer);
      return answer.heads;
    });
  }

  /** The entries of a feed behind `after`, with their blocks; undefined where the node has not the whole feed. */
  entries(
    node: string,
    after: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<EntriesPage | undefined> {
    return this.#inTurn(signal, async (ask) => {
      const answer = await ask({ type: 'entries', node, after, limit });
      if (answer.type === 'absent') return undefined;
      if (answer.type !== 'page') throw unexpected(answer);
      return answer;
    });
  }

  /**
   * The usage summaries that the node holds, its own and others', message by message.
   * @throws ReplicationError `REPLICATION_ENDLESS` where they do not end
   */
  summaries(onSummaries: (summaries: Uint8Array[]) => Promise<void>, signal?: AbortSignal): Promise<void> {
    return this.#inTurn(signal, async (ask, next) => {
      let answer = await ask({ type: 'summaries' });
      for (let messages = 1; ; messages++) {
        if (answer.type !== 'summaries') throw unexpected(answer);
        await onSummaries(answer.summaries);
        if (!answer.more) return;
        // Other questions wait for their turn, so an answer without end would stop everything that is asked there.
        if (messages === MOST_SUMMARY_MESSAGES) throw endless();
        answer = await next();
      }
    });
  }

  end(reason: Error = new ReplicationError('REPLICATION_ENDED', 'The stream was ended here.')): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#channel.abort(reason);
  }

  #inTurn<T>(
    signal: AbortSignal | undefined,
    exchange: (ask: (request: Request) => Promise<Response>, next: () => Promise<Response>) => Promise<T>,
  ): Promise<T> {
    const next = async (): Promise<Response> => responseFromWire(await decodeFrame(await this.#read(signal)));
    const ask = async (request: Request): Promise<Response> => {
      const frame = await encodeFrame(requestToWire(request));
      await withDeadline(this.#timeoutMs, signal, (limited) => this.#channel.write(frame, limited));
      return await next();
    };
    const result = this.#last.then(async () => {
      try {
        return await exchange(ask, next);
      } catch (error) {
        this.end(error as Error);
        throw error;
      }
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  #read(signal: AbortSignal | undefined): Promise<Uint8Array> {
    return withDeadline(this.#timeoutMs, signal, (limited) => this.#channel.read(limited));
  }
}

function endless(): ReplicationError {
  return new ReplicationError(
    'REPLICATION_ENDLESS',
    `The usage summaries did not end after ${MOST_SUMMARY_MESSAGES} messages.`,
  );
}

function unexpected(answer: Response): ReplicationError {
  const what = answer.type === 'error' ? `the error ${answer.code}` : `a message '${answer.type}'`;
  return new ReplicationError('REPLICATION_UNEXPECTED', `The answer was ${what}.`);
}
