import '../../../node/federation/network/node-20.ts';
import { mock } from 'node:test';
import { streamPair } from '@libp2p/utils';
import { expect } from 'chai';
import { frameChannel } from '../../../node/federation/network/frame-channel.ts';
import { serveLookup } from '../../../protocols/lookup/index.ts';
import { requestToWire as lookupToWire } from '../../../protocols/lookup/messages.ts';
import {
  encodeFrame,
  serveReplication,
  type FrameChannel,
  type Response,
} from '../../../protocols/replication/index.ts';
import { requestToWire as headsToWire } from '../../../protocols/replication/messages.ts';

const DEADLINE_MS = 30_000;
const end = new AbortController();

/** What came of it, as far as it has come; undefined as long as nothing has. */
function outcomeOf(work: Promise<unknown>): { code: () => unknown; settled: Promise<unknown> } {
  let code: unknown;
  const settled = (async () => {
    try {
      await work;
      code = 'no error';
    } catch (error) {
      code = (error as { code?: unknown }).code;
    }
  })();
  return { code: () => code, settled };
}

/** Promises that are settled by now have told those who wait for them. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** One whose other side asks once, and takes no answer. */
function aChannelThatTakesNothing(request: unknown): FrameChannel & { isWritten: Promise<void> } {
  let begun: () => void = () => undefined;
  const isWritten = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const forever = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  return {
    isWritten,
    read: async () => await encodeFrame(request),
    write: async (_frame, signal) => {
      begun();
      return await forever(signal);
    },
    abort: () => undefined,
  };
}

/** With the clock of the timers in the test's hand: nothing here waits. */
describe('who keeps a stream busy', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('has thirty seconds from the first byte of a frame to its last', async () => {
    const [ours, theirs] = await streamPair();
    const reading = outcomeOf(frameChannel(ours, 1_000).read(end.signal));
    await settle();
    // As long as nothing has come, nothing is held.
    mock.timers.tick(10 * DEADLINE_MS);
    await settle();
    expect(reading.code()).to.equal(undefined);

    theirs.send(Uint8Array.of(100, 1, 2, 3));
    await settle();
    mock.timers.tick(DEADLINE_MS - 1);
    // A byte now and then does not help.
    theirs.send(Uint8Array.of(4));
    await settle();
    expect(reading.code()).to.equal(undefined);
    mock.timers.tick(1);
    await reading.settled;
    expect(reading.code()).to.equal('REPLICATION_TIMEOUT');
    ours.abort(new Error('over'));
  });

  async function expectDeadline(
    request: unknown,
    serve: (channel: FrameChannel, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const channel = aChannelThatTakesNothing(request);
    const serving = outcomeOf(serve(channel, end.signal));
    await channel.isWritten;
    mock.timers.tick(DEADLINE_MS - 1);
    await settle();
    expect(serving.code()).to.equal(undefined);
    mock.timers.tick(1);
    await serving.settled;
    expect(serving.code()).to.equal('REPLICATION_TIMEOUT');
  }

  it('has thirty seconds to take an answer of a feed', async () => {
    const absent = async function* (): AsyncGenerator<Response> {
      yield await Promise.resolve({ type: 'absent' });
    };
    await expectDeadline(headsToWire({ type: 'heads', heads: [] }), (channel, signal) =>
      serveReplication(channel, absent, signal),
    );
  });

  it('has thirty seconds to take an answer of a lookup', async () => {
    await expectDeadline(lookupToWire({ type: 'filter' }), (channel, signal) =>
      serveLookup(channel, () => Promise.resolve({ type: 'error', code: 'SOME' }), signal),
    );
  });
});
