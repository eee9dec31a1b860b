import { expandJsonLd } from '../../vocab/json-ld/index.ts';
import { request, textOf, type RequestOptions } from '../http/index.ts';
import { noInbox } from './answer.ts';
import { JSON_LD_TYPE, LDP_CONTAINER, LDP_CONTAINS } from './inbox.ts';

const MOST_BYTES = 1024 * 1024;

/**
 * Makes sure that something is an inbox before anything is sent to it unasked: it says that it takes JSON-LD by POST
 * (`Accept-Post`, LDN section 3.3.1), or shows itself as a container of notifications (section 3.3.2).
 *
 * @throws LdnError `LDN_NO_INBOX`; what `fetch` throws
 */
export async function verifyInbox(inbox: string, options: RequestOptions): Promise<void> {
  const accepts = await request(inbox, { method: 'OPTIONS' }, options, (response) =>
    Promise.resolve(response.ok && acceptsJsonLd(response)),
  );
  if (accepts) return;
  await request(inbox, { headers: { accept: JSON_LD_TYPE } }, options, async (response) => {
    const { ok, status } = response;
    if (!ok) throw noInbox(inbox, `it answers with HTTP status ${status}`, status);
    if (acceptsJsonLd(response) || (await isContainer(await textOf(response, MOST_BYTES), inbox))) return;
    throw noInbox(inbox, 'it says neither that it takes notifications nor which it has');
  });
}

function acceptsJsonLd(response: Response): boolean {
  const types = response.headers.get('accept-post')?.toLowerCase().split(',') ?? [];
  return types.some((type) =>
    [JSON_LD_TYPE, '*/*', 'application/*'].includes(type.split(';', 1)[0]?.trim() ?? ''),
  );
}

async function isContainer(text: string, inbox: string): Promise<boolean> {
  try {
    const nodes = await expandJsonLd(JSON.parse(text), { base: inbox });
    // An empty inbox contains nothing, but says that it does.
    return nodes.some((node) => LDP_CONTAINS in node || node['@type']?.includes(LDP_CONTAINER) === true);
  } catch {
    return false;
  }
}
