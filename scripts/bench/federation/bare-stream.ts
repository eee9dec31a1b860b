/**
 * A process of its own, the rival of replication: `bare-stream serve BYTES` gives so many bytes over a bare libp2p stream
 * (TCP, Noise, yamux as the node has them) to whoever opens one, `bare-stream fetch ADDRESS` reads one to its end. Prints a
 * JSON line: where it is, or what it read and how long that took.
 */
// What libp2p needs of newer versions of Node.js comes with it.
import '../../../node/federation/index.ts';
import { randomBytes } from 'node:crypto';
import { noise } from '@chainsafe/libp2p-noise';
import { tcp } from '@libp2p/tcp';
import { lpStream } from '@libp2p/utils';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { createLibp2p } from 'libp2p';

const PROTOCOL = '/bench/bare/1.0.0';
const FRAME_BYTES = 1024 * 1024;
/** What comes is read at once, but what libp2p hands over in one go may be several windows of yamux. */
const frames = { maxDataLength: 2 * FRAME_BYTES, maxBufferSize: 64 * FRAME_BYTES };

const [task, argument = ''] = process.argv.slice(2);
const host = await createLibp2p({
  addresses: { listen: task === 'serve' ? ['/ip4/127.0.0.1/tcp/0'] : [] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
});

if (task === 'serve') {
  // Such as do not compress, as what is signed does not.
  const content = randomBytes(FRAME_BYTES);
  await host.handle(PROTOCOL, async (stream) => {
    const out = lpStream(stream, frames);
    for (let left = Number(argument); left > 0; left -= FRAME_BYTES)
      await out.write(content.subarray(0, Math.min(left, FRAME_BYTES)));
    await out.write(new Uint8Array());
    await stream.close();
  });
  say({ address: host.getMultiaddrs()[0]?.toString() });
} else {
  const input = lpStream(await host.dialProtocol(multiaddr(argument), PROTOCOL), frames);
  const begun = performance.now();
  let bytes = 0;
  for (let frame = await input.read(); frame.byteLength > 0; frame = await input.read())
    bytes += frame.byteLength;
  say({ bytes, seconds: (performance.now() - begun) / 1_000 });
}
process.on('SIGTERM', () => process.exit(0));

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
