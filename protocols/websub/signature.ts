import { createHmac, timingSafeEqual } from 'node:crypto';

/** The algorithms that signatures may be made by (WebSub, section 7.1.1). */
export const SIGNATURE_METHODS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/**
 * The value of `X-Hub-Signature` for a body (WebSub, section 7.1): the method and the HMAC in hexadecimal. SHA-256 is the
 * least that should be used (section 8.3).
 */
export function signatureOf(body: Uint8Array, secret: string, method: SignatureMethod = 'sha256'): string {
  return `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
}

/**
 * What a subscriber has to look at before it believes a body (WebSub, section 7.1.2): whether the signature is that of the
 * secret, by the method that it names.
 *
 * @param least the weakest method that is believed; SHA-1 is broken (section 8.3)
 */
export function isSignedWith(
  signature: string | null | undefined,
  body: Uint8Array,
  secret: string,
  least: SignatureMethod = 'sha256',
): boolean {
  const [name = '', digest = ''] = signature?.trim().split('=', 2) ?? [];
  const method = SIGNATURE_METHODS.find((known) => known === name.toLowerCase());
  if (method === undefined || SIGNATURE_METHODS.indexOf(method) < SIGNATURE_METHODS.indexOf(least))
    return false;
  const given = Buffer.from(digest, 'hex');
  const right = createHmac(method, secret).update(body).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}
