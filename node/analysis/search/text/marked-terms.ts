/*
 * Terms that stand for more than a word of a description. Each has a mark before it that no word has.
 */

/** Before a term that stands for its occurrence in full texts. */
const IN_TEXT = '~';
/** Before a surname with an initial. */
const NAME = '@';

/** The term under which those are indexed that have another one in their full text only. */
export const inText = (term: string): string => IN_TEXT + term;
/** The term under which those are indexed that have a creator of that surname, whose given name begins so. */
export const nameTerm = (surname: string, initial: string): string => `${NAME}${surname} ${initial}`;

/** Whether a word is its own term, and stands nowhere: a name's term, or one of full texts. */
export const isMarked = (word: string): boolean => word.startsWith(IN_TEXT) || word.startsWith(NAME);
/** The same of a word that lies in bytes. */
export const isMarkedAt = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === IN_TEXT.charCodeAt(0) || bytes[at] === NAME.charCodeAt(0);

/** The first letter, which may take two UTF-16 units. */
export const initialOf = (word: string): string =>
  isHighSurrogate(word.charCodeAt(0)) ? word.slice(0, 2) : word.charAt(0);

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
