import { expect } from 'chai';
import type { Clock } from '../../../node/clock.ts';
import { gossipInBundles } from '../../../node/federation/network/gossip-in-bundles.ts';

describe('gossip in bundles', () => {
  let sent: string[];
  /** Ends the rest after a write, if there is one. */
  let awake: (() => void) | undefined;
  const clock: Clock = {
    now: () => 0,
    steady: () => 0,
    sleep: () =>
      new Promise((resolve) => {
        awake = resolve;
      }),
  };
  const open = (protocol: string) => ({
    protocol,
    writeStatus: 'writable' as 'writable' | 'closed',
    send: (data: { subarray(): Uint8Array }) => sent.push(Buffer.from(data.subarray()).toString()) > 0,
    close: () => Promise.resolve(void sent.push('closed')),
  });
  const said = (text: string): Uint8Array => Buffer.from(text);

  async function wake(): Promise<void> {
    const end = awake;
    awake = undefined;
    end?.();
    await new Promise(setImmediate);
  }

  beforeEach(() => {
    sent = [];
    awake = undefined;
  });

  it('sends what comes after a silence at once, and what follows together', async () => {
    const stream = gossipInBundles(open('/meshsub/1.2.0'), clock);
    for (const text of ['a', 'b', 'c']) stream.send(said(text));
    expect(sent).to.deep.equal(['a']);
    await wake();
    expect(sent).to.deep.equal(['a', 'bc']);
    stream.send(said('d'));
    await wake();
    expect(sent).to.deep.equal(['a', 'bc', 'd']);
    await wake();
    stream.send(said('e'));
    expect(sent).to.deep.equal(['a', 'bc', 'd', 'e']);
  });

  it('lets no more wait than fits into memory', () => {
    const stream = gossipInBundles(open('/meshsub/1.2.0'), clock);
    const long = 'x'.repeat(40_000);
    for (const text of ['a', long, long, 'b']) stream.send(said(text));
    expect(sent).to.deep.equal(['a', long + long]);
  });

  it('sends what waits before it is closed, and drops it where the stream is gone', async () => {
    const stream = gossipInBundles(open('/meshsub/1.2.0'), clock);
    for (const text of ['a', 'b']) stream.send(said(text));
    await stream.close();
    expect(sent).to.deep.equal(['a', 'b', 'closed']);

    const gone = gossipInBundles(open('/meshsub/1.2.0'), clock);
    for (const text of ['c', 'd']) gone.send(said(text));
    gone.writeStatus = 'closed';
    await wake();
    expect(sent).to.deep.equal(['a', 'b', 'closed', 'c']);
  });

  it('leaves other protocols alone', () => {
    const stream = gossipInBundles(open('/ngr/replication/1.0.0'), clock);
    for (const text of ['a', 'b']) stream.send(said(text));
    expect(sent).to.deep.equal(['a', 'b']);
  });
});
