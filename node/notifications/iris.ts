import { hostOf } from '../outbound/index.ts';

/** Whether two addresses mean the same: http and https, a slash at the end, letters of the host in either case are no difference. */
export function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && comparable(one) === comparable(other);
}

export function isSameHost(one: string | undefined, other: string | undefined): boolean {
  const host = hostOf(one);
  return host !== '' && host === hostOf(other);
}

/** The forms in which the same address is written: with http and https, with a slash at its end and without. */
export function spellings(address: string): string[] {
  const match = /^https?:\/\/(.*)$/i.exec(address);
  if (match === null) return [address];
  const bare = (match[1] ?? '').replace(/\/+$/, '');
  return ['https://', 'http://'].flatMap((scheme) => [scheme + bare, `${scheme}${bare}/`]);
}

function comparable(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, search } = new URL(address);
  return host === '' ? address : host + pathname.replace(/\/+$/, '') + search;
}
