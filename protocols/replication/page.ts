import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { CborReader, FormError } from '../../vocab/cbor-reader.ts';
import { headFromTuple, type SignedHead } from '../heads/index.ts';
import { badFrame, decodeMessage, unpackFrame } from './frame.ts';
import { limits, responseFromWire, unexpected } from './messages.ts';
import { readPageItem, type PageItem } from './page-item.ts';

/** An answer to a question for entries, read where it lies. */
interface EntriesPage {
  head: SignedHead;
  /** Views of `message`. */
  entries: PageItem[];
  more: boolean;
  message: Uint8Array;
}

/**
 * The page in a frame that answers a question for entries; undefined where the node has not the whole feed.
 * @throws ReplicationError or ProtocolError where it is neither
 */
export async function unpackPage(frame: Uint8Array): Promise<EntriesPage | undefined> {
  const message = await unpackFrame(frame);
  try {
    return readPage(message);
  } catch {
    return refuse(message);
  }
}

/** `['page', Head, [Entry, block][], more]` in canonical DAG-CBOR. */
const PAGE_ITEMS = 4;
const PAGE = encodeCanonical('page');

function readPage(message: Uint8Array): EntriesPage {
  const reader = new CborReader(message);
  if (reader.array() !== PAGE_ITEMS || !reader.skipIf(PAGE)) throw new FormError('not a page');
  const head = headFromTuple(reader.value());
  const length = reader.array();
  if (length > limits.entries) throw new FormError(`more than ${limits.entries} entries`);
  const entries: EntriesPage['entries'] = [];
  for (let left = length; left > 0; left--) entries.push(readPageItem(reader));
  const more = reader.boolean();
  reader.end();
  return { head, entries, more, message };
}

/** What is no page is read again, at leisure, to tell what it is instead or what is wrong with it. */
function refuse(message: Uint8Array): undefined {
  const answer = responseFromWire(decodeMessage(message));
  if (answer.type === 'absent') return undefined;
  throw answer.type === 'page' ? badFrame('is not in its canonical form') : unexpected(answer);
}
