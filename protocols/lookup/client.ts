import { decodeFrame, encodeFrame, withDeadline, type FrameChannel } from '../replication/index.ts';
import { LookupError } from './errors.ts';
import { requestToWire, responseFromWire, type LookupRequest, type LookupResponse } from './messages.ts';

const ANSWER_TIMEOUT_MS = 15_000;

type Type = LookupResponse['type'];

/** Asks one node over one open stream, one question after another. After an error the stream is not to be used any more. */
export class LookupClient {
  readonly #channel: FrameChannel;
  readonly #timeoutMs: number;

  constructor(channel: FrameChannel, timeoutMs = ANSWER_TIMEOUT_MS) {
    this.#channel = channel;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * @param expected what the answer may be
   * @throws LookupError `LOOKUP_BUSY` · `LOOKUP_UNEXPECTED` for any other answer; what `responseFromWire` throws
   */
  async ask<T extends Type>(
    request: LookupRequest,
    expected: readonly T[],
    signal: AbortSignal,
  ): Promise<Extract<LookupResponse, { type: T }>> {
    const question = await encodeFrame(requestToWire(request));
    const frame = await withDeadline(this.#timeoutMs, signal, async (limited) => {
      await this.#channel.write(question, limited);
      return await this.#channel.read(limited);
    });
    const answer = responseFromWire(await decodeFrame(frame));
    if (isOneOf(answer, expected)) return answer;
    if (answer.type === 'busy')
      throw new LookupError('LOOKUP_BUSY', 'The node was asked too much and says so.');
    const what = answer.type === 'error' ? `the error ${answer.code}` : `a message '${answer.type}'`;
    throw new LookupError('LOOKUP_UNEXPECTED', `The answer was ${what}.`);
  }

  end(): void {
    this.#channel.abort(new LookupError('LOOKUP_ENDED', 'The stream was ended here.'));
  }
}

function isOneOf<T extends Type>(
  answer: LookupResponse,
  expected: readonly T[],
): answer is Extract<LookupResponse, { type: T }> {
  return expected.some((type) => type === answer.type);
}
