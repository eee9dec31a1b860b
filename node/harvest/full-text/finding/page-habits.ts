import { typeByName } from '../readable.ts';
import type { FoundFile } from './found-file.ts';

/** A link on a page (the HTML element `a`). */
export interface Anchor {
  /** Absolute. */
  url: URL;
  type?: string | undefined;
  classes: readonly string[];
}

/** How a kind of repository links the files of an item on its page. */
interface Habit {
  system: string;
  /** Of the address's path. */
  path: RegExp;
  /** Whether a link of that form is none to an open text after all. */
  except?: (anchor: Anchor) => boolean;
  /** The address of the file itself, where the link leads to a page around it. */
  file?: (url: URL) => URL;
}

const habits: readonly Habit[] = [
  { system: 'DSpace 7 to 9', path: /\/bitstreams\/[\da-f-]{36}\/(?:download|content)$/i },
  {
    system: 'DSpace 5 and 6',
    path: /\/bitstream\/(?:handle\/)?[^/]+\/[^/]+\/(?:\d+\/)?[^/]+$/i,
    // Readers who are not logged in see a lock there. Beside a text lie its thumbnail, its bare text and its licence.
    except: ({ url }) =>
      /^n/i.test(url.searchParams.get('isAllowed') ?? '') ||
      /\.(?:jpg|txt)$|\/license(?:_\w+)?$/i.test(url.pathname),
  },
  {
    system: 'EPrints',
    path: /^(?:\/[\w~-]+)?(?:\/id\/eprint)?\/\d+\/\d+\/[^/]+\.(?:pdf|html?|xml)$/i,
  },
  { system: 'Invenio', path: /\/records?\/[^/]+\/files\/[^/]+(?:\/content)?$/i },
  {
    system: 'OJS',
    path: /\/(?:article|preprint|catalog)\/view\/[^/]+\/[^/]+$/i,
    // Supplements have a class of their own; what subscribers alone may read is marked.
    except: ({ classes }) => !classes.includes('obj_galley_link') || classes.includes('restricted'),
    file: (url) => new URL(url.pathname.replace(/\/view(?=\/[^/]+\/[^/]+$)/i, '/download'), url),
  },
];

/** The file that a link leads to by the habits of the repository systems. */
export function habitualFile(anchor: Anchor): FoundFile | undefined {
  const { url, type, classes } = anchor;
  const habit = habits.find(({ path }) => path.test(url.pathname));
  if (habit === undefined || habit.except?.(anchor) === true) return undefined;
  const address = (habit.file?.(url) ?? url).href;
  const format = type ?? typeByName(address) ?? (classes.includes('pdf') ? 'application/pdf' : undefined);
  return { url: address, ...(format !== undefined && { format }) };
}
