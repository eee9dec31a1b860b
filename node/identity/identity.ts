import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { nodeIdOfPublicKey, signBytes, type Signer } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import { writeDurably } from '../durable-file.ts';
import { encryptKey } from './encrypted-key.ts';
import { IdentityError } from './errors.ts';

/**
 * A node's one identity: an Ed25519 key, with which it signs its feed and speaks libp2p.
 *
 * Who has the key is the node, and who loses it cannot get it back: it lies in a file of its own (PKCS#8 PEM, readable
 * by its owner only), so that it can be kept apart from the data.
 */
export class Identity implements Signer {
  readonly node: NodeId;
  /** Whether it was made just now, so that nobody can have heard of it. */
  readonly isNew: boolean;
  readonly #key: KeyObject;

  private constructor(key: KeyObject, { isNew }: { isNew: boolean }) {
    this.#key = key;
    this.isNew = isNew;
    this.node = nodeIdOfPublicKey(this.#rawPublic());
  }

  /** A new identity, kept nowhere. */
  static generate(): Identity {
    return new Identity(generateKeyPairSync('ed25519').privateKey, { isNew: true });
  }

  /**
   * The identity in `file`, which is made where it is not there yet.
   * @throws IdentityError `IDENTITY_UNREADABLE` where the file holds no Ed25519 key or cannot be read or written
   */
  static async load(file: string): Promise<Identity> {
    let pem: string;
    try {
      pem = await readFile(file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return await Identity.#create(file);
      throw unreadable(file, cause);
    }
    try {
      const key = createPrivateKey(pem);
      if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`a ${key.asymmetricKeyType} key`);
      const { mode } = await stat(file);
      if ((mode & 0o077) !== 0) await chmod(file, 0o600);
      return new Identity(key, { isNew: false });
    } catch (cause) {
      throw unreadable(file, cause);
    }
  }

  static async #create(file: string): Promise<Identity> {
    const identity = Identity.generate();
    await identity.save(file);
    return identity;
  }

  /** Puts the key into a file, in place of what is there. @throws IdentityError `IDENTITY_UNREADABLE` */
  async save(file: string): Promise<void> {
    try {
      // Under its name only when it is whole and on the disk: half a key, left by a crash, would end every later start.
      await writeDurably(file, this.#key.export({ format: 'pem', type: 'pkcs8' }));
    } catch (cause) {
      throw unreadable(file, cause);
    }
  }

  /** The identity in an encrypted PEM, as `encrypted` makes it. @throws IdentityError `IDENTITY_PASSPHRASE` · `IDENTITY_NO_KEY` */
  static fromEncrypted(pem: string, passphrase: string): Identity {
    if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) throw noKey();
    let key: KeyObject;
    try {
      key = createPrivateKey({ key: pem, format: 'pem', passphrase });
    } catch (cause) {
      throw new IdentityError('IDENTITY_PASSPHRASE', 'The key cannot be read with this passphrase.', {
        remedy: 'Give the passphrase with which it was exported; if that is right, the file is damaged.',
        cause,
      });
    }
    if (key.asymmetricKeyType !== 'ed25519') throw noKey();
    return new Identity(key, { isNew: false });
  }

  /** The key under a passphrase, as PEM with a line before it that says whose it is. */
  async encrypted(passphrase: string): Promise<string> {
    const pem = await encryptKey(this.#key.export({ format: 'der', type: 'pkcs8' }), passphrase);
    // Text before the key is left alone by whoever reads it (RFC 7468 §2).
    return `Key of the NGR node ${this.node}\n${pem}`;
  }

  sign(bytes: Uint8Array): Uint8Array {
    return signBytes(bytes, this.#key);
  }

  /** The 64 bytes from which libp2p makes its private key: seed, then public key. */
  libp2pKeyBytes(): Uint8Array {
    return Buffer.concat([
      Buffer.from(this.#key.export({ format: 'jwk' }).d ?? '', 'base64url'),
      this.#rawPublic(),
    ]);
  }

  #rawPublic(): Uint8Array {
    return Buffer.from(this.#key.export({ format: 'jwk' }).x ?? '', 'base64url');
  }
}

function noKey(): IdentityError {
  return new IdentityError('IDENTITY_NO_KEY', 'The file holds no encrypted key of a node.', {
    remedy: 'Name the file that "ngr identity export" has written.',
  });
}

function unreadable(file: string, cause: unknown): IdentityError {
  return new IdentityError(
    'IDENTITY_UNREADABLE',
    `The node's key in ${file} cannot be read: ${(cause as Error).message}.`,
    {
      remedy:
        'Check the rights of the file and its folder. If the key is damaged, put back your copy of it; without it this node cannot go on under the same name.',
      cause,
    },
  );
}
