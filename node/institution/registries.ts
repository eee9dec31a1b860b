/** A registry in which repositories are listed. */
export interface Registry {
  /** As it calls itself. */
  name: string;
  /** An id of it, written alone or as the address of its page there; undefined where it has not the form of one. */
  read: (text: string) => string | undefined;
  /** The address of what it says of a repository. */
  address: (id: string) => string;
}

function registry(name: string, base: string, form: RegExp): Registry {
  return {
    name,
    read: (text) => form.exec(text.trim())?.[1]?.toLowerCase(),
    address: (id) => base + id,
  };
}

/**
 * The registries that a repository may be listed in. OpenDOAR and ROAR number them; re3data has `r3d` and nine digits
 * (re3data.org schema 4.0, `re3data.orgIdentifier`). Addresses that OpenDOAR had before lead to the same numbers.
 */
export const registries = {
  opendoar: registry(
    'OpenDOAR',
    'https://opendoar.ac.uk/repository/',
    /^(?:https?:\/\/(?:opendoar\.ac\.uk\/repository|v2\.sherpa\.ac\.uk\/id\/repository)\/)?([1-9]\d{0,6})\/?$/i,
  ),
  roar: registry(
    'ROAR',
    'http://roar.eprints.org/',
    /^(?:https?:\/\/roar\.eprints\.org\/)?([1-9]\d{0,6})\/?$/i,
  ),
  re3data: registry(
    're3data',
    'https://www.re3data.org/repository/',
    /^(?:https?:\/\/(?:www\.)?re3data\.org\/repository\/)?(r3d\d{9})\/?$/i,
  ),
} as const satisfies Readonly<Record<string, Registry>>;

export type RegistryName = keyof typeof registries;
export const registryNames: readonly RegistryName[] = ['opendoar', 'roar', 're3data'];

/** Crockford's base 32. */
const ROR_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A ROR id as its address, `https://ror.org/013meh722`; undefined where the form or the two check digits are wrong.
 * Source: https://ror.readme.io/docs/ror-identifier-pattern (check digits by ISO 7064, MOD 97-10).
 */
export function readRor(text: string): string | undefined {
  const form = /^(?:https?:\/\/)?(?:(?:www\.)?ror\.org\/)?(0[a-hj-km-np-tv-z\d]{6}\d\d)\/?$/i;
  const id = form.exec(text.trim())?.[1]?.toLowerCase();
  if (id === undefined) return undefined;
  let number = 0;
  for (const digit of id.slice(0, -2)) number = number * ROR_DIGITS.length + ROR_DIGITS.indexOf(digit);
  return Number(id.slice(-2)) === 98 - ((number * 100) % 97) ? `https://ror.org/${id}` : undefined;
}
