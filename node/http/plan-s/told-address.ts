import { isPublicHost } from '../../outbound/index.ts';

/**
 * The address of an endpoint as everybody may have it. One that only the node reaches, or with a password in it, is the operator's:
 * undefined.
 */
export function toldAddress(address: string): string | undefined {
  const { hostname, username, password } = new URL(address);
  return username === '' && password === '' && isPublicHost(hostname) ? address : undefined;
}
