import { Parser } from 'htmlparser2';
import { expandJsonLd, JsonLdError } from '../../vocab/json-ld/index.ts';
import { request, textOf, type RequestOptions } from '../http/index.ts';
import { parseLinkHeader } from '../signposting/index.ts';
import { noInbox, placeOf } from './answer.ts';
import { Graph } from './graph.ts';
import { LDP_INBOX } from './inbox.ts';
import { readTurtle, TURTLE_TYPE } from './turtle.ts';

const MOST_BYTES = 1024 * 1024;
/** Elements within elements; what they cost the parser grows with the square. */
const MOST_DEPTH = 4_000;
const JSON_TYPES = /^application\/(?:(?:ld|activity)\+)?json$/;
const HTML_TYPES: readonly string[] = ['text/html', 'application/xhtml+xml'];
const ACCEPT = `application/ld+json, ${TURTLE_TYPE};q=0.9, ${HTML_TYPES.join(';q=0.8, ')};q=0.8, */*;q=0.1`;

/**
 * The inbox of a resource (LDN, section 3.1): as its `Link` header tells, else as what is there tells, in JSON-LD, Turtle or
 * HTML.
 *
 * @throws LdnError `LDN_NO_INBOX`; what `fetch` throws
 */
export async function discoverInbox(target: string, options: RequestOptions): Promise<string> {
  const inHead = await request(target, { method: 'HEAD' }, options, (response) =>
    Promise.resolve(response.ok ? inboxInHeader(response, target) : undefined),
  );
  return inHead ?? (await request(target, { headers: { accept: ACCEPT } }, options, (r) => read(r, target)));
}

async function read(response: Response, target: string): Promise<string> {
  const { ok, status } = response;
  if (!ok) throw noInbox(target, `it answers with HTTP status ${status}`, status);
  const inHeader = inboxInHeader(response, target);
  if (inHeader !== undefined) return inHeader;
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const inBody = await inboxInBody(await textOf(response, MOST_BYTES), type, placeOf(response, target));
  if (inBody === undefined) throw noInbox(target, 'neither its Link header nor what is there names one');
  return inBody;
}

function inboxInHeader(response: Response, target: string): string | undefined {
  const links = parseLinkHeader(response.headers.get('link') ?? '', placeOf(response, target));
  return links.find(({ rel }) => rel === LDP_INBOX)?.href;
}

/** The inbox that a document names. What cannot be read names none. */
export async function inboxInBody(text: string, type: string, base: string): Promise<string | undefined> {
  if (HTML_TYPES.includes(type)) return inboxInHtml(text, base);
  try {
    if (type === TURTLE_TYPE) return inboxIn(await readTurtle(text, base), base);
    if (JSON_TYPES.test(type)) return await inboxInJson(JSON.parse(text), base);
  } catch {
    return undefined;
  }
  return undefined;
}

async function inboxInJson(document: unknown, base: string): Promise<string | undefined> {
  try {
    return inboxIn(Graph.of(await expandJsonLd(document, { base })), base);
  } catch (error) {
    // Contexts are not fetched; by whatever context, `inbox` means the same to all who use it.
    if (!(error instanceof JsonLdError) || error.code !== 'JSON_LD_UNKNOWN_CONTEXT') throw error;
    const { inbox } = document as { inbox?: unknown };
    return typeof inbox === 'string' ? absolute(inbox, base) : undefined;
  }
}

/** The resource's own inbox where the document tells whose it is, else the only one that it names. */
function inboxIn(graph: Graph, resource: string): string | undefined {
  const own = graph.node(resource).iris(LDP_INBOX);
  const all = new Set(graph.nodes.flatMap((node) => node.iris(LDP_INBOX)));
  return own[0] ?? (all.size === 1 ? [...all][0] : undefined);
}

function inboxInHtml(text: string, url: string): string | undefined {
  let base = url;
  let found: string | undefined;
  let depth = 0;
  const parser = new Parser({
    onclosetag: () => {
      depth -= 1;
    },
    onopentag: (name, { rel, href }) => {
      depth += 1;
      if (found !== undefined || depth > MOST_DEPTH) parser.pause();
      else if (name === 'base') base = absolute(href, url) ?? base;
      else if (rel !== undefined && rel.split(/\s+/).includes(LDP_INBOX)) found = absolute(href, base);
    },
  });
  parser.write(text);
  return found;
}

function absolute(address: string | undefined, base: string): string | undefined {
  return address !== undefined && URL.canParse(address, base) ? new URL(address, base).href : undefined;
}
