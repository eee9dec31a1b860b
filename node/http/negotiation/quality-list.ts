/** One choice of a header such as `Accept`: a value in lower case without its parameters, and how much it is wanted. */
export interface Choice {
  value: string;
  quality: number;
  /** The parameter `profile` of a media type, in lower case. */
  profile?: string;
}

const MAX_CHOICES = 50;

/**
 * The choices of a header with quality values, best first, of equals in the order of the header (RFC 9110, section
 * 12.4.2). Of parameters only `q` and `profile` count. What cannot be read is left out: a header that is wrong in part
 * still says the rest.
 */
export function qualityList(header: string): Choice[] {
  const choices: Choice[] = [];
  for (const item of splitOutsideQuotes(header, ',').slice(0, MAX_CHOICES)) {
    const [value = '', ...parameters] = splitOutsideQuotes(item, ';').map((part) =>
      part.trim().toLowerCase(),
    );
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = q === undefined ? 1 : readQuality(q.slice(2));
    const profile = parameters
      .find((parameter) => parameter.startsWith('profile='))
      ?.slice('profile='.length)
      .replaceAll('"', '');
    if (value !== '' && quality !== undefined)
      choices.push({ value, quality, ...(profile !== undefined && { profile }) });
  }
  return choices.sort((a, b) => b.quality - a.quality);
}

/** `0`, `0.8`, `1.000`; anything else is no quality. */
function readQuality(text: string): number | undefined {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : undefined;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\' && isQuoted) i += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
