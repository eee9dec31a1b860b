import type { ResourceSyncErrorCode } from '../../../../protocols/resourcesync/index.ts';
import type { IssueKind } from './issue-kind.ts';

/** A source that is harvested by ResourceSync: its lists, its dumps, and the resources that they lead to. */
export const resourceSyncKinds = {
  // Reaching it
  RESOURCESYNC_UNREACHABLE: {
    severity: 'error',
    title: 'The source cannot be reached',
    explains:
      'It gave no answer, or one that broke off, although it was asked several times. What was there before stays as it is.',
    remedy: 'Check the address of the source, and that this machine reaches it.',
    detail: 'DNS, TCP, TLS, or the connection broke off; the cause is in the log of the node.',
  },
  RESOURCESYNC_TIMEOUT: {
    severity: 'error',
    title: 'The source does not answer in time',
    explains: 'It took longer than the time limit, each time it was asked.',
    remedy: 'The source is slow: try at a quieter hour.',
  },
  RESOURCESYNC_HTTP_STATUS: {
    severity: 'error',
    title: 'The source answers with an error',
    explains: 'Its web server refuses the request or fails over it.',
    remedy: "Open the address in a browser; ask the source's administrator when it fails there too.",
    detail: 'An HTTP status other than success, after all retries where it may pass.',
  },
  RESOURCESYNC_RETRY_LATER: {
    severity: 'error',
    title: 'The source asks for a long pause',
    explains: 'It is busy, and says to come back later than one harvest waits.',
    remedy: 'Nothing: the next harvest goes on where this one stopped.',
    detail: 'HTTP 503 or 429 with a Retry-After beyond the limit.',
  },
  RESOURCESYNC_BAD_ADDRESS: {
    severity: 'error',
    title: 'An address that this node does not go to',
    explains: 'It is of another protocol than HTTP, leads in a circle, or into a private network.',
    remedy:
      'Tell the source: its lists name addresses that nobody outside can fetch. If the host is yours, name it in the configuration.',
  },
  RESOURCESYNC_DISK: {
    severity: 'error',
    title: 'There is no room for temporary files',
    explains: 'Lists and dumps lie on this machine while they are read, and could not be written.',
    remedy: "Make room in this machine's folder of temporary files, or set TMPDIR to another.",
  },

  // Finding its lists
  RESOURCESYNC_NOT_FOUND: {
    severity: 'error',
    title: 'No ResourceSync at this address',
    explains:
      'The address leads to no document of ResourceSync, and its site has none at the well-known place.',
    remedy:
      'Ask the source for the address of its source description or capability list, and put it in the configuration.',
  },
  RESOURCESYNC_NOTHING_OFFERED: {
    severity: 'error',
    title: 'The source lists nothing',
    explains: 'Its capability list leads neither to a list of resources or changes nor to a dump.',
    remedy: 'Ask the source to publish a resource list.',
  },
  RESOURCESYNC_WRONG_DOCUMENT: {
    severity: 'error',
    title: 'A list is another than it should be',
    explains:
      'The documents of the source lead to one another by wrong addresses, or in a circle. The list is left out.',
    remedy: 'Tell the source which address is wrong.',
  },
  RESOURCESYNC_CHANGES_ONLY: {
    severity: 'info',
    title: 'The source lists only changes',
    explains: 'Without a list of all there is, what vanishes without a word is not noticed.',
    remedy: 'Ask the source to publish a resource list, too.',
  },

  // Reading its lists
  RESOURCESYNC_BAD_XML: {
    severity: 'error',
    title: 'A list is damaged',
    explains:
      'It is no well-formed XML, or larger than any honest list. What stands before the damage was read.',
    remedy: 'Have the source mend its XML; xmllint shows each place.',
  },
  RESOURCESYNC_NOT_A_SITEMAP: {
    severity: 'error',
    title: 'A list is some other XML',
    explains: 'Lists of ResourceSync are Sitemaps; this document is none.',
    remedy: 'Name the address of a ResourceSync document, such as /.well-known/resourcesync.',
  },
  RESOURCESYNC_NO_CAPABILITY: {
    severity: 'error',
    title: 'A list does not say what it is',
    explains: 'It is a plain Sitemap, or of a later version of ResourceSync.',
    remedy: 'Name the address of a ResourceSync document, such as /.well-known/resourcesync.',
  },
  RESOURCESYNC_BAD_ENTRY: {
    severity: 'error',
    title: 'An entry of a list is damaged',
    explains: 'It has no address, or one that cannot be used, or impossible numbers. It was left out.',
    remedy: 'Tell the source: the list does not follow ANSI/NISO Z39.99-2017, section 7.',
  },
  RESOURCESYNC_TOO_MANY_ENTRIES: {
    severity: 'error',
    title: 'A list is too long',
    explains: 'It has more entries than are read; the standard allows 50,000.',
    remedy: 'Tell the source: it has to publish an index of several lists.',
  },
  RESOURCESYNC_TOO_LARGE: {
    severity: 'error',
    title: 'A list or resource is too large',
    explains: 'It has more bytes than are read, or unpacks to more.',
    remedy: 'Have the source publish smaller documents.',
  },
  RESOURCESYNC_BAD_GZIP: {
    severity: 'error',
    title: 'A packed list or resource is damaged',
    explains: 'It cannot be unpacked to its end.',
    remedy: "Open the address in a browser; ask the source's administrator when it fails there too.",
  },
  RESOURCESYNC_LIST_CHANGED: {
    severity: 'info',
    title: 'The lists changed while they were read',
    explains: 'The source made them anew meanwhile, so what was not seen is not taken for vanished.',
    remedy: 'Nothing: the next full harvest looks again.',
  },

  // Its dumps
  RESOURCESYNC_DUMP_REFUSED: {
    severity: 'warning',
    title: 'A dump cannot be used',
    explains: 'Its resources are fetched one by one, which takes longer.',
    remedy: 'Tell the source to make its dump anew; the detail says what is wrong with it.',
  },
  RESOURCESYNC_BAD_PACKAGE: {
    severity: 'error',
    title: 'A package is no ZIP file, or damaged',
    explains: 'A package of a dump cannot be read, and there is no list to fetch its resources by.',
    remedy: 'Tell the source to make its dump anew.',
  },
  RESOURCESYNC_BAD_MANIFEST: {
    severity: 'error',
    title: 'A package does not say what is in it',
    explains: 'Its manifest.xml is missing or damaged, or of another kind of dump.',
    remedy: 'Tell the source to make its dump anew.',
  },
  RESOURCESYNC_BAD_PATH: {
    severity: 'error',
    title: 'A package names a path outside of itself',
    explains: 'That is a mistake or an attack; nothing was written anywhere, and what it names was left out.',
    remedy: 'Tell the source to make its dump anew.',
  },
  RESOURCESYNC_MEMBER_MISSING: {
    severity: 'error',
    title: 'A package lacks what it should hold',
    explains: 'The manifest names what is not in the package, and the resource itself cannot be had either.',
    remedy: 'Tell the source to make its dump anew.',
  },
  RESOURCESYNC_BAD_MEMBER: {
    severity: 'error',
    title: 'A part of a package is damaged',
    explains: 'It cannot be unpacked, and the resource itself cannot be had either.',
    remedy: 'Tell the source to make its dump anew.',
  },

  // Its resources
  RESOURCESYNC_RESOURCE_MISSING: {
    severity: 'error',
    title: 'A listed resource is not there',
    explains: 'The list names it, the web server does not know it. What is here of it from before stays.',
    remedy: 'Tell the source: its list names what is no longer there.',
    detail: 'HTTP 404 or 410.',
  },
  RESOURCESYNC_RESOURCE_UNREADABLE: {
    severity: 'error',
    title: 'A listed resource cannot be read',
    explains: 'It is damaged XML or JSON, or a web page in the place of metadata.',
    remedy: 'Open the address in a browser, and have the source mend what it sends there.',
  },
  RESOURCESYNC_WRONG_HASH: {
    severity: 'error',
    title: 'A resource is not the one that is listed',
    explains:
      'Its check sum is another than the list says, also when it was fetched a second time. It was not taken.',
    remedy: 'Have the source make its lists anew: they tell of another state than it serves.',
  },
  RESOURCESYNC_WRONG_LENGTH: {
    severity: 'error',
    title: 'A resource is longer or shorter than listed',
    explains: 'So it was also when it was fetched a second time. It was not taken.',
    remedy: 'Have the source make its lists anew: they tell of another state than it serves.',
  },
  RESOURCESYNC_WRONG_ENCODING: {
    severity: 'warning',
    title: 'A resource is in another encoding than it says',
    explains: 'It was read as what its bytes are; accents may be wrong nevertheless.',
    remedy: 'Ask the source to send UTF-8, and to say so.',
  },
  RESOURCESYNC_OTHER_RESOURCES: {
    severity: 'info',
    title: 'Other resources were left aside',
    explains: 'The source also lists what is neither metadata that this node reads nor a file of such.',
    remedy: 'Nothing, if they are not meant to be records.',
  },
  RESOURCESYNC_FILES_APART: {
    severity: 'info',
    title: 'Files stand apart from their metadata',
    explains:
      'They name metadata that stand in another list. Such files are only known if the metadata name them, too.',
    remedy:
      'Have the source list files beside their metadata, or link from the metadata to their files (rel="describes").',
  },
} satisfies Readonly<Record<string, IssueKind>> & Readonly<Record<ResourceSyncErrorCode, IssueKind>>;
