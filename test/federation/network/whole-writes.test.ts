import '../../../node/federation/network/node-20.ts';
import { generateKeyPair } from '@libp2p/crypto/keys';
import type { Logger, MessageStream, MultiaddrConnection } from '@libp2p/interface';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';
import { multiaddrConnectionPair } from '@libp2p/utils';
import { expect } from 'chai';
import { noiseInWholeWrites } from '../../../node/federation/network/whole-writes.ts';
import { until } from '../../support/until.ts';

const silent: Logger = Object.assign(() => undefined, {
  error: () => undefined,
  trace: () => undefined,
  newScope: () => silent,
  enabled: false,
});

describe('noise in whole writes', () => {
  let ends: [MultiaddrConnection, MultiaddrConnection];
  /** How many pieces each message was in that was given to the connection. */
  let pieces: number[];
  let sending: MessageStream;
  let receiving: MessageStream;

  async function encrypter() {
    const privateKey = await generateKeyPair('Ed25519');
    return noiseInWholeWrites()({
      privateKey,
      peerId: peerIdFromPrivateKey(privateKey),
      logger: { forComponent: () => silent },
      upgrader: { getStreamMuxers: () => new Map() } as never,
    });
  }

  beforeEach(async () => {
    ends = multiaddrConnectionPair();
    pieces = [];
    const [here, there] = ends;
    const send = here.send.bind(here);
    here.send = (data) => {
      pieces.push(data instanceof Uint8Array ? 1 : [...data].length);
      return send(data);
    };
    const [a, b] = await Promise.all([encrypter(), encrypter()]);
    const [out, into] = await Promise.all([a.secureOutbound(here), b.secureInbound(there)]);
    [sending, receiving] = [out.connection, into.connection];
  });
  afterEach(() => ends.forEach((end) => end.abort(new Error('over'))));

  it('hands each message on in one piece, the handshake too', async () => {
    let received = new Uint8Array();
    receiving.addEventListener('message', ({ data }) => {
      received = Buffer.concat([received, data.subarray()]);
    });
    // The longer one is encrypted by another implementation than the short one.
    const said = [new Uint8Array(200).fill(7), new Uint8Array(2_000).fill(8)];
    for (const message of said) sending.send(message);
    await until('the messages came', () => received.length === 2_200);
    expect(Buffer.compare(received, Buffer.concat(said))).to.equal(0);
    expect(pieces.length).to.be.greaterThan(2);
    expect(new Set(pieces)).to.deep.equal(new Set([1]));
  });
});
