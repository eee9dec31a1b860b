import type { IssueKind } from './issue-kind.ts';

const withoutText = 'The item is found by its description only, not by the words of the file.';
const askedAgain = 'The node asks again later, by itself.';

/** Files: fetching them, and reading text out of them. */
export const fullTextKinds = {
  // Finding the file
  FULLTEXT_NO_FILE: {
    severity: 'info',
    title: 'No file was found for an open item',
    explains: `The item is said to be open, but neither its description nor its page leads to a file that can be read. ${withoutText}`,
    remedy:
      'Deposit the file, or correct the access right. If there is a file, have the page name it in its citation_pdf_url meta tag or by a Signposting link of type “item”.',
    detail:
      'Looked for in the metadata, then on the landing page: typed links, link sets, citation meta tags, and the links of DSpace, EPrints, Invenio and OJS.',
  },
  FULLTEXT_BAD_LINK: {
    severity: 'error',
    title: 'The link to a file is not well formed',
    explains: `It is no address that starts with http:// or https://, and leads nowhere. ${withoutText}`,
    remedy: 'Correct the link in the repository; look for a missing “http”, spaces or a cut end.',
  },

  // Getting there
  FULLTEXT_UNKNOWN_HOST: {
    severity: 'error',
    title: 'The host of links does not exist',
    explains: `There is no machine of the name that the link to the file or page has. ${withoutText}`,
    remedy: 'Correct the link; it often names a server that was given up.',
    detail: 'The name has no address in the DNS.',
  },
  FULLTEXT_PRIVATE_ADDRESS: {
    severity: 'error',
    title: 'A link leads into a private network',
    explains: 'The file cannot be reached from the Internet, and the node does not go there.',
    remedy:
      "Have the repository give out its public address; or, if the host is yours, name it among the configuration's sources.",
  },
  FULLTEXT_CERTIFICATE: {
    severity: 'error',
    title: 'The certificate of the host is not valid',
    explains: 'Browsers warn readers of the file, too, and the node does not fetch it.',
    remedy: "Have the host's administrator renew the certificate; a browser shows what is wrong with it.",
  },
  FULLTEXT_UNREACHABLE: {
    severity: 'warning',
    title: 'The host of a file cannot be reached',
    explains: `It gave no answer, or broke off, although it was asked several times. ${askedAgain}`,
    remedy: 'Open the link in a browser. If it works there, a firewall may keep this machine out.',
  },
  FULLTEXT_SERVER_ERROR: {
    severity: 'warning',
    title: 'The host answers with an error instead of the file',
    explains: `Its web server fails over the file or refuses it. ${askedAgain}`,
    remedy: "Open the link in a browser; ask the repository's administrator when it fails there too.",
    detail:
      'An HTTP status other than success, after retries where it may pass; the status is in the detail.',
  },
  FULLTEXT_TOO_SLOW: {
    severity: 'warning',
    title: 'The file comes too slowly',
    explains: `Less than 60 kB came in a minute, or not all within five. ${askedAgain}`,
    remedy: 'Nothing, if the repository was busy; else ask its administrator.',
  },

  // What may be had
  FULLTEXT_NOT_FOUND: {
    severity: 'error',
    title: 'The file is not there',
    explains: `The link to it leads to nothing. ${withoutText}`,
    remedy: 'Correct the link, or deposit the file again.',
    detail: 'HTTP status 404 or 410.',
  },
  FULLTEXT_LOGIN_NEEDED: {
    severity: 'error',
    title: 'A login is needed for the file',
    explains: 'The item is said to be open, but its file is given to members only.',
    remedy: 'Open the file in the repository, or correct the access right of the item.',
    detail: 'HTTP status 401 or 403, a redirect to a login page, or a page that asks for a password.',
  },
  FULLTEXT_BLOCKED_BY_ROBOTS: {
    severity: 'warning',
    title: 'robots.txt keeps the node from the file',
    explains: `The repository asks robots to stay away from the address, and the node does. ${withoutText}`,
    remedy:
      "Allow the product token NGR-Node in the host's robots.txt; DSpace keeps robots from /bitstream in some versions.",
    detail: 'RFC 9309. robots.txt is read once a day.',
  },
  FULLTEXT_ROBOTS_UNREACHABLE: {
    severity: 'warning',
    title: 'robots.txt cannot be read',
    explains: `Its server fails over it, and until it can be read nothing else of that host is fetched. ${askedAgain}`,
    remedy: "Have the host's administrator look at /robots.txt; if there is none, it must answer 404.",
    detail: 'RFC 9309, section 2.3.1.4: a server error or no answer means that all is forbidden.',
  },
  FULLTEXT_TOO_LARGE: {
    severity: 'warning',
    title: 'The file is too large',
    explains: `Files of more than 100 MB are not read. ${withoutText}`,
    remedy: 'Nothing; or deposit a smaller version of the text beside it.',
  },

  // Reading it
  FULLTEXT_NOT_PDF: {
    severity: 'error',
    title: 'The file is not what it should be',
    explains: `It should be a PDF or another text, but something else comes, often a web page. ${withoutText}`,
    remedy: 'Open the link in a browser, and correct it so that it leads to the file itself.',
  },
  FULLTEXT_ENCRYPTED: {
    severity: 'warning',
    title: 'The file is locked with a password',
    explains: `Nobody can open it without the password. ${withoutText}`,
    remedy: 'Deposit the file without a password.',
  },
  FULLTEXT_DAMAGED: {
    severity: 'error',
    title: 'The file is damaged',
    explains: `It cannot be opened; part of it may be missing. ${withoutText}`,
    remedy: 'Open the file in the repository; if it fails there too, deposit it again.',
  },
  FULLTEXT_SCANNED: {
    severity: 'warning',
    title: 'The file has no text in it',
    explains: `It consists of pictures, as scanned pages do. ${withoutText} Readers with screen readers cannot read it.`,
    remedy: 'Deposit a version with recognised text (OCR).',
  },
  FULLTEXT_TIMED_OUT: {
    severity: 'warning',
    title: 'Reading the file takes too long',
    explains: `It was given up after two minutes, or when it took too much memory. ${withoutText}`,
    remedy: 'Saving the file anew with another PDF program often helps.',
  },
  FULLTEXT_LANGUAGE_DISAGREES: {
    severity: 'warning',
    title: 'The file is in another language than its description says',
    explains: 'The item is offered to readers of the wrong language.',
    remedy: "Correct the language in the item's description, or see whether the right file was deposited.",
    detail: 'Told by the letters of the text; only where it is all but certain.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
