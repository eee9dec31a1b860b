import '../../../node/federation/network/node-20.ts';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { MultiaddrConnection, Stream } from '@libp2p/interface';
import { multiaddrConnectionPair } from '@libp2p/utils';
import { expect } from 'chai';
import { systemClock } from '../../../node/clock.ts';
import { thriftyYamux } from '../../../node/federation/network/thrifty-yamux.ts';
import { until } from '../../support/until.ts';

describe('yamux that says little', () => {
  let here: MultiaddrConnection;
  let there: MultiaddrConnection;
  let sending: Stream;
  let receiving: Stream;
  let received: number;
  /** Frames that the receiving side has written. */
  let answers: number;

  beforeEach(async () => {
    [here, there] = multiaddrConnectionPair();
    const factory = thriftyYamux(systemClock)();
    const [a, b] = [factory.createStreamMuxer(here), factory.createStreamMuxer(there)];
    const opened = once(b as unknown as EventTarget, 'stream') as Promise<[CustomEvent<Stream>]>;
    sending = await a.createStream();
    [{ detail: receiving }] = await opened;
    received = 0;
    receiving.addEventListener('message', ({ data }) => (received += data.byteLength));
    await pause(20);
    answers = 0;
    here.addEventListener('message', () => (answers += 1));
  });
  afterEach(() => {
    here.abort(new Error('over'));
    there.abort(new Error('over'));
  });

  async function send(bytes: number, messages: number): Promise<void> {
    for (let i = 0; i < messages; i++) if (!sending.send(new Uint8Array(bytes))) await sending.onDrain();
    await until('all came', () => received === bytes * messages);
  }

  it('does not answer small messages one by one', async () => {
    await send(500, 200);
    expect(answers).to.be.below(5);
  });

  it('widens the window in time for what is long', async () => {
    await send(60_000, 100);
    expect(answers).to.be.greaterThan(4);
  });

  it('goes on after a pause', async () => {
    receiving.pause();
    const sent = send(60_000, 50);
    await pause(20);
    expect(received).to.be.below(60_000 * 50);
    receiving.resume();
    await sent;
  });
});
