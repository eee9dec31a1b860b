/** What a resolver says of a work. */
export interface CitedTitle {
  title: string;
  year?: string;
}

/** Some answers list hundreds of references. */
const MOST_BYTES = 2_000_000;
const LONGEST_TITLE = 500;

/**
 * Title and year in an answer of CSL-JSON (citationstyles.org, csl-data: `title`, `issued.date-parts`). Undefined where
 * the answer is none, is too large, or has no title.
 */
export async function readCslTitle(response: Response): Promise<CitedTitle | undefined> {
  if (!response.ok || !/json/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel();
    return undefined;
  }
  const text = await boundedText(response);
  const item = text === undefined ? undefined : parsed(text);
  const title = firstText(item?.['title'])
    ?.replace(/<[^<>]{0,100}>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (title === undefined || title === '') return undefined;
  const year = yearOf(item?.['issued']);
  return {
    title: title.slice(0, LONGEST_TITLE).replace(/[\ud800-\udbff]$/, ''),
    ...(year !== undefined && { year }),
  };
}

async function boundedText(response: Response): Promise<string | undefined> {
  if (response.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): { [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Crossref gives titles as lists. */
function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function yearOf(issued: unknown): string | undefined {
  const parts: unknown = (issued as { 'date-parts'?: unknown } | null | undefined)?.['date-parts'];
  const date: unknown = Array.isArray(parts) ? parts[0] : undefined;
  const year = String(Array.isArray(date) ? date[0] : '');
  return /^(?:1[5-9]|20)\d\d$/.test(year) ? year : undefined;
}
