import { isAddress } from './addresses.ts';
import { normaliseIdentifier } from './normalise.ts';
import { sharedHandlePrefix } from './schemes.ts';

/**
 * Why a text that is meant to be an identifier is none.
 *
 * - `misspelt`: its form or its check digit is wrong.
 * - `unregistered`: a Handle with the prefix that DSpace is delivered with, which leads nowhere.
 * - `malformed`: no address, though it begins as one.
 */
export type Refusal = 'misspelt' | 'unregistered' | 'malformed';

const labelled = /^(?:urn:|info:)?(?:[ep]?-?issn|(?:e-?)?isbn|doi|pmid|pmcid|arxiv|hdl|handle)\b[^\p{L}]/iu;

/** `undefined` where the text is an identifier, or was never meant to be one. */
export function refusalOf(text: string): Refusal | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 2000 || normaliseIdentifier(trimmed) !== undefined) return undefined;
  if (
    new RegExp(
      `^(?:hdl:\\s?|handle:\\s?|info:hdl/|(?:https?://)?hdl\\.handle\\.net/)${sharedHandlePrefix}`,
      'i',
    ).test(trimmed)
  )
    return 'unregistered';
  if (/^https?:\/\/(?:dx\.)?doi\.org\//i.test(trimmed)) return 'misspelt';
  if (isAddress(trimmed) || /^(?:htt?ps?|htpp|hhtp|ttp|ftps?)[:/]/i.test(trimmed)) return 'malformed';
  if (labelled.test(trimmed) && /\d/.test(trimmed)) return 'misspelt';
  // An ISBN by its first digits, an ISSN by its form.
  return /^97[89][\d -]{10,16}$/.test(trimmed) && trimmed.replace(/\D/g, '').length === 13
    ? 'misspelt'
    : undefined;
}
