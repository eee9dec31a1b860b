import { NgrError } from '../../vocab/errors.ts';

/**
 * Why a ResourceSync document, or what it leads to, cannot be read.
 *
 * Documents:
 * - `RESOURCESYNC_BAD_XML`: it cannot be read as XML, or passes a bound.
 * - `RESOURCESYNC_NOT_A_SITEMAP`: its root is neither `urlset` nor `sitemapindex`.
 * - `RESOURCESYNC_NO_CAPABILITY`: it does not say which kind of document it is: a plain Sitemap, or of a later version.
 * - `RESOURCESYNC_BAD_ENTRY`: an entry or link lacks what is mandatory, or has an impossible value.
 * - `RESOURCESYNC_TOO_MANY_ENTRIES`: it has more entries than are read.
 *
 * Finding them:
 * - `RESOURCESYNC_NOT_FOUND`: the address leads to no ResourceSync document, nor does its site have one.
 * - `RESOURCESYNC_NOTHING_OFFERED`: there is neither a list of resources nor one of changes, nor a dump.
 * - `RESOURCESYNC_WRONG_DOCUMENT`: it is of another kind than what led to it says.
 *
 * Fetching:
 * - `RESOURCESYNC_UNREACHABLE`, `RESOURCESYNC_TIMEOUT`, `RESOURCESYNC_HTTP_STATUS`: no answer, none in time, an HTTP
 *   status other than success; after all retries.
 * - `RESOURCESYNC_BAD_ADDRESS`: an address that this node does not go to: of another protocol, or in a private network.
 * - `RESOURCESYNC_RETRY_LATER`: the source asks for a longer pause than one run waits.
 * - `RESOURCESYNC_TOO_LARGE`: the answer, or what is compressed in it, passes the limit of bytes.
 * - `RESOURCESYNC_BAD_GZIP`: it is compressed, and damaged.
 * - `RESOURCESYNC_WRONG_LENGTH`, `RESOURCESYNC_WRONG_HASH`: the bytes are not those that the list tells of.
 * - `RESOURCESYNC_DISK`: there is no room for it in the folder of temporary files.
 *
 * Dumps:
 * - `RESOURCESYNC_BAD_PACKAGE`: the package is no ZIP file, damaged, or cut off.
 * - `RESOURCESYNC_BAD_MANIFEST`: the package has no manifest, or one of another kind.
 * - `RESOURCESYNC_BAD_PATH`: a path leads out of the package.
 * - `RESOURCESYNC_MEMBER_MISSING`: the manifest names what is not in the package.
 * - `RESOURCESYNC_BAD_MEMBER`: a member of the package cannot be unpacked.
 */
export type ResourceSyncErrorCode = keyof typeof remedies;

const mend = 'Tell the source: the document does not follow ANSI/NISO Z39.99-2017, section 7.';
const remake = 'Tell the source to make its dump anew; its resources are fetched one by one meanwhile.';

const remedies = {
  RESOURCESYNC_BAD_XML: 'Have the source mend its XML; xmllint shows each place.',
  RESOURCESYNC_NOT_A_SITEMAP:
    'Name the address of a ResourceSync document, such as /.well-known/resourcesync.',
  RESOURCESYNC_NO_CAPABILITY:
    'Name the address of a ResourceSync document, such as /.well-known/resourcesync.',
  RESOURCESYNC_BAD_ENTRY: mend,
  RESOURCESYNC_TOO_MANY_ENTRIES: 'Tell the source: it has to publish an index of several documents.',
  RESOURCESYNC_NOT_FOUND:
    'Ask the source for the address of its source description or capability list, and put it in the configuration.',
  RESOURCESYNC_NOTHING_OFFERED: 'Ask the source to publish a resource list.',
  RESOURCESYNC_WRONG_DOCUMENT: 'Tell the source: its documents lead to one another by wrong addresses.',
  RESOURCESYNC_UNREACHABLE: 'Check the address of the source and that this machine reaches it.',
  RESOURCESYNC_BAD_ADDRESS: 'Tell the source: its lists name addresses that nobody outside can fetch.',
  RESOURCESYNC_TIMEOUT: 'The source is slow: try at a quieter hour.',
  RESOURCESYNC_HTTP_STATUS:
    "Open the address in a browser; ask the source's administrator when it fails there too.",
  RESOURCESYNC_RETRY_LATER:
    'Harvest again after the pause that the source asks for; it goes on where it stopped.',
  RESOURCESYNC_TOO_LARGE: 'Have the source publish smaller documents.',
  RESOURCESYNC_BAD_GZIP:
    "Open the address in a browser; ask the source's administrator when it fails there too.",
  RESOURCESYNC_WRONG_LENGTH:
    'Have the source make its lists anew: they tell of another state than it serves.',
  RESOURCESYNC_WRONG_HASH: 'Have the source make its lists anew: they tell of another state than it serves.',
  RESOURCESYNC_DISK: "Make room in this machine's folder of temporary files, or set TMPDIR to another.",
  RESOURCESYNC_BAD_PACKAGE: remake,
  RESOURCESYNC_BAD_MANIFEST: remake,
  RESOURCESYNC_BAD_PATH: remake,
  RESOURCESYNC_MEMBER_MISSING: remake,
  RESOURCESYNC_BAD_MEMBER: remake,
} as const;

const guarded: readonly string[] = ['RESOURCESYNC_UNREACHABLE', 'RESOURCESYNC_BAD_ADDRESS'];

export class ResourceSyncError extends NgrError {
  declare readonly code: ResourceSyncErrorCode;

  constructor(
    code: ResourceSyncErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    // A refusal by the outbound guard knows its remedy better.
    const { cause } = options;
    const remedy = cause instanceof NgrError && guarded.includes(code) ? cause.remedy : undefined;
    super(code, message, { remedy: remedy ?? remedies[code], ...options });
  }
}
