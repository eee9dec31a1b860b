import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';
import { expect } from 'chai';
import { Identity } from '../../node/identity/index.ts';
import { SignatureVerifier } from '../../protocols/heads/index.ts';

describe('the identity of a node', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    file = join(directory, 'identity.pem');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is made once, for its owner only, and is the same afterwards', async () => {
    const made = await Identity.load(file);
    const again = await Identity.load(file);
    expect(again.node).to.equal(made.node);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    const bytes = Buffer.from('hello');
    expect(await new SignatureVerifier().verify(made.node, bytes, again.sign(bytes))).to.equal(true);
  });

  it('is made where a crash left half of one behind, and leaves nothing else there', async () => {
    await writeFile(`${file}.new`, '-----BEGIN');
    const made = await Identity.load(file);
    expect((await Identity.load(file)).node).to.equal(made.node);
    expect(await readdir(directory)).to.deep.equal(['identity.pem']);
  });

  it('is the same peer to libp2p', async () => {
    const identity = Identity.generate();
    const peer = peerIdFromPrivateKey(privateKeyFromRaw(identity.libp2pKeyBytes()));
    expect(peer.toString()).to.equal(identity.node);
  });

  it('takes back rights that others were given', async () => {
    await Identity.load(file);
    await chmod(file, 0o644);
    await Identity.load(file);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it('is never made anew over a damaged one', async () => {
    await writeFile(file, 'not a key');
    let code: unknown;
    try {
      await Identity.load(file);
    } catch (error) {
      code = (error as { code?: unknown }).code;
    }
    expect(code).to.equal('IDENTITY_UNREADABLE');
    expect(await readFile(file, 'utf8')).to.equal('not a key');
  });
});
