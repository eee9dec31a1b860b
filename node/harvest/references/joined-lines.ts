/*
 * Lines of a PDF put together to running text: words that were divided at the end of a line become whole, addresses and
 * DOIs that were broken become one again.
 */

const dividedWord = /\p{L}[-‐\u00ad]$/u;
/** The end of a line that breaks off within an address or a DOI. */
const openAddress = /(?:https?:\/?\/?\S*|www\.\S*|\b10\.\d{4,9}(?:\/\S*)?)[/._=&?:-]$|https?:$/i;
/** What may go on with it: no word of a sentence, but signs, numbers, parts of a path. */
const goesOn = /^(?:[/_=&?#%~-]|\d+\b|[a-z0-9]\S*[\d/_=?.-]\S)/i;

/** The lines as one text of about `most` characters, with one space between words. */
export function joinLines(lines: readonly string[], most: number): string {
  let text = '';
  for (const line of lines) {
    const next = line.slice(0, most).replace(/\s+/g, ' ').trim();
    if (next === '') continue;
    text = text === '' ? next : joined(text, next);
    if (text.length >= most) break;
  }
  return cut(text, most);
}

function joined(text: string, next: string): string {
  const tail = text.slice(-200);
  if (openAddress.test(tail)) return goesOn.test(next) ? text + next : `${text} ${next}`;
  if (/\d[-–]$/.test(tail) && /^\d/.test(next)) return text + next;
  if (!dividedWord.test(tail)) return `${text} ${next}`;
  // What is divided before a capital was written with the hyphen: "Low-" "Resource".
  return /^\p{Ll}/u.test(next) ? text.slice(0, -1) + next : text + next;
}

/** The first `most` characters, never half a character. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
