import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** What OWASP's Password Storage Cheat Sheet (2023) asks of PBKDF2-HMAC-SHA-256; OpenSSL's own export has 2,048. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const IV_BYTES = 16;
const KEY_BYTES = 32;
const LINE = 64;

/* DER of the object identifiers that are needed, with tag and length. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex'); // 1.2.840.113549.1.5.13
const PBKDF2 = Buffer.from('06092a864886f70d01050c', 'hex'); // 1.2.840.113549.1.5.12
const HMAC_SHA256 = Buffer.from('06082a864886f70d0209', 'hex'); // 1.2.840.113549.2.9
const AES_256_CBC = Buffer.from('060960864801650304012a', 'hex'); // 2.16.840.1.101.3.4.1.42
const NULL = Buffer.from('0500', 'hex');

/**
 * A private key encrypted under a passphrase: PEM of an EncryptedPrivateKeyInfo (RFC 5958 §3, RFC 7468 §11) by PBES2 (RFC 8018
 * §6.2) with PBKDF2-HMAC-SHA-256, 600,000 iterations, and AES-256-CBC. `openssl pkey -in FILE` reads it, too.
 *
 * Written by hand since Node lets nobody choose the iterations.
 *
 * @param pkcs8 the key as DER of a PrivateKeyInfo
 */
export async function encryptKey(pkcs8: Uint8Array, passphrase: string): Promise<string> {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
  const key = await derive(passphrase, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  const derivation = sequence(
    PBKDF2,
    sequence(octets(salt), integer(ITERATIONS), sequence(HMAC_SHA256, NULL)),
  );
  const scheme = sequence(AES_256_CBC, octets(iv));
  const info = sequence(sequence(PBES2, sequence(derivation, scheme)), octets(encrypted));
  const lines = info.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const octets = (content: Buffer): Buffer => tagged(0x04, content);

/** Of a positive number below 2^31. */
function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
